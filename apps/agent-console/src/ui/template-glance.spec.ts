import { templateGlance, templateName } from './template-glance';

describe('a template at a glance', () => {
  it('is called by its name, not by the word one types for it', () => {
    expect(templateName('/callback Offer a call')).toBe('Offer a call');
    expect(templateName('赔款已支付')).toBe('赔款已支付');
  });

  it('shows fields by their names and no conditions', () => {
    expect(templateGlance('{{ salutation }}, it was paid{% if promisedBy %} by {{ promisedBy | date }}{% endif %}.')).toBe(
      '‹salutation›, it was paid by ‹promisedBy›.',
    );
  });
});
