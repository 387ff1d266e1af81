import { templateGlance, templateName } from './template-glance';

describe('a template at a glance', () => {
  it('is called by its name, not by the word one types for it', () => {
    expect(templateName('/callback Offer a call')).toBe('Offer a call');
    expect(templateName('赔款已支付')).toBe('赔款已支付');
  });

  it('shows the first of two wordings', () => {
    expect(templateGlance('we need {% if n %}{{ n }} documents{% else %}supporting documents{% endif %} by Friday')).toBe(
      'we need ‹n› documents by Friday',
    );
  });

  it('shows fields by their names and no conditions', () => {
    expect(templateGlance('{{ salutation }}, it was paid{% if promisedBy %} by {{ promisedBy | date }}{% endif %}.')).toBe(
      '‹salutation›, it was paid by ‹promisedBy›.',
    );
  });
});
