// Chinese glyphs for machines that have none. The browser loads only the slices (unicode-range) that a page needs.
import '@fontsource/noto-sans-sc/400.css';
import '@fontsource/noto-sans-sc/600.css';
