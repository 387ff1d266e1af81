import {
  ActionIcon,
  Button,
  createTheme,
  FileInput,
  Menu,
  Modal,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Popover,
  Select,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef1fc',
  '#dde3f8',
  '#bac6f1',
  '#94a7ea',
  '#748be3',
  '#5a74e6',
  '#3552cf',
  '#2a43b0',
  '#22388f',
  '#1a2b6e',
];

const fields = { size: 'sm', radius: 'sm' } as const;
const labelled = {
  label: { marginBottom: 4, fontWeight: 500 },
  description: { marginBottom: 4, fontSize: 12, lineHeight: '18px' },
};
const heights = { xs: '26px', sm: '30px', md: '34px', lg: '38px', xl: '44px' } as const;
const heightOf = (size: unknown): string => heights[size as keyof typeof heights] ?? heights.sm;

/** Mantine in our measure: a 4 px grid, 14 px text, 13 px controls, small radii, menus that open at once. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 6 },
  colors: { accent },
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.5', lg: '1.5', xl: '1.35' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'sm',
  cursorType: 'pointer',
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } } },
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm', variant: 'default' },
      vars: (_theme, props) => ({ root: { '--button-height': heightOf(props.size), '--button-fz': '13px', '--button-padding-x': '12px' } }),
      styles: { label: { fontWeight: 500 } },
    }),
    ActionIcon: ActionIcon.extend({ defaultProps: { size: 28, variant: 'subtle', color: 'gray' } }),
    TextInput: TextInput.extend({ defaultProps: fields, styles: labelled }),
    PasswordInput: PasswordInput.extend({ defaultProps: fields, styles: labelled }),
    MultiSelect: MultiSelect.extend({ defaultProps: fields, styles: labelled }),
    TagsInput: TagsInput.extend({ defaultProps: fields, styles: labelled }),
    FileInput: FileInput.extend({ defaultProps: fields, styles: labelled }),
    NumberInput: NumberInput.extend({ defaultProps: fields, styles: labelled }),
    Textarea: Textarea.extend({ defaultProps: fields, styles: labelled }),
    Select: Select.extend({
      defaultProps: { ...fields, allowDeselect: false, comboboxProps: { transitionProps: { duration: 0 } } },
      styles: labelled,
    }),
    Menu: Menu.extend({
      defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 80 }, withinPortal: true },
      styles: { item: { minHeight: 30, padding: '4px 8px', fontSize: 13 }, label: { padding: '6px 8px 2px' } },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', radius: 'md', transitionProps: { duration: 80 } } }),
    Modal: Modal.extend({
      defaultProps: { radius: 'md', transitionProps: { duration: 100 }, overlayProps: { backgroundOpacity: 0.35 } },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, fz: 12, radius: 'sm', transitionProps: { duration: 80 } } }),
  },
});

const ours = {
  '--mantine-color-body': 'var(--surface)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--surface-raised)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-anchor': 'var(--accent-ink)',
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-gray-light-hover': 'var(--hover)',
  '--mantine-color-gray-light-color': 'var(--ink-2)',
  '--mantine-color-accent-filled': 'var(--accent)',
  '--mantine-color-accent-filled-hover': 'var(--accent-hover)',
  '--mantine-color-accent-light': 'var(--accent-soft)',
  '--mantine-color-accent-light-hover': 'var(--accent-soft)',
  '--mantine-color-accent-light-color': 'var(--accent-ink)',
  '--mantine-primary-color-light-color': 'var(--accent-ink)',
  '--mantine-shadow-md': 'var(--shadow)',
};

/** Hands our tokens to Mantine's own variables, so that both schemes come from `tokens.css` alone. */
export const variables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours });
