const WORDS = {
  en: {
    title: 'A website with the chat',
    intro: 'This page stands for the insurer’s own website. It has one line of Claimline in it; the button at the corner is the chat.',
  },
  'zh-CN': { title: '带在线客服的网站', intro: '这个页面代表保险公司自己的网站，里面只有一行 Claimline 的代码；角落的按钮就是在线客服。' },
} as const;

/** The insurer's website of the demo: nothing but the widget's one line, as a real site would have it. `inboxId` is a UUID of ours. */
export function websitePage(inboxId: string, acceptLanguage: string | undefined): string {
  const language = acceptLanguage?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
  const { title, intro } = WORDS[language];
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
    <style>
      :root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif; }
      main { max-width: 36rem; margin: 20vh auto; padding: 0 1.5rem; }
    </style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${intro}</p>
    </main>
    <script src="/widget.js" data-inbox="${inboxId}" async></script>
  </body>
</html>
`;
}
