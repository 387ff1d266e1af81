/** The button in the corner. Everything is inside the shadow root, so neither page nor widget reaches the other's styles. */
export const LAUNCHER_STYLES = `
:host{all:initial;--accent:#1f5eff;--on-accent:#fff;position:fixed;right:20px;bottom:20px;z-index:2147483000;
  font:14px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif}
@media print{:host{display:none}}
.launch{all:unset;box-sizing:border-box;position:relative;display:grid;place-items:center;width:56px;height:56px;border-radius:50%;cursor:pointer;
  background:var(--accent);color:var(--on-accent);box-shadow:0 1px 2px #0003,0 8px 24px #0000002e;transition:transform .12s ease-out}
.launch:hover{transform:translateY(-2px)}
.launch:active{transform:none}
.launch:focus-visible{outline:3px solid var(--accent);outline-offset:3px;box-shadow:0 0 0 3px #fff}
.launch svg{width:26px;height:26px}
.launch[aria-busy=true] svg{opacity:.55}
.launch[hidden]{display:none}
.count{position:absolute;top:-2px;right:-2px;min-width:20px;height:20px;padding:0 5px;box-sizing:border-box;border-radius:10px;
  background:#c8102e;color:#fff;font:600 12px/20px system-ui,sans-serif;text-align:center}
.count:empty{display:none}
.problem{position:absolute;right:0;bottom:68px;width:max-content;max-width:260px;padding:10px 12px;border-radius:10px;background:#14161a;color:#fff}
.problem:empty{display:none}
@media (max-width:480px){:host{right:16px;bottom:16px}}
@media (prefers-reduced-motion:reduce){.launch{transition:none}}
`;
