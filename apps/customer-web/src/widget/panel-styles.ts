/**
 * The look of the open chat: neutral greys on a grid of 4 px, one accent (the line's colour), light and dark by what the reader prefers.
 * Greys are chosen for a contrast of 4.5 : 1 and more on what is below them.
 */
export const PANEL_STYLES = `
.panel,.panel *{box-sizing:border-box}
.panel{--bg:#fff;--soft:#f2f4f7;--line:#dfe3e8;--ink:#14161a;--dim:#5b6470;--bad:#b3261e;--warn-bg:#fff4d6;--warn-ink:#5c4300;
  position:fixed;right:20px;bottom:20px;display:flex;flex-direction:column;width:384px;height:min(640px,calc(100dvh - 40px));overflow:hidden;
  border-radius:16px;background:var(--bg);color:var(--ink);box-shadow:0 0 0 1px #0000000f,0 12px 40px #0000003d;animation:rise .14s ease-out}
.panel[hidden]{display:none}
@keyframes rise{from{opacity:0;transform:translateY(8px)}}
@media (prefers-color-scheme:dark){.panel{--bg:#1b1e23;--soft:#272b32;--line:#383e47;--ink:#f1f3f5;--dim:#a5aeb9;--bad:#ff8a80;--warn-bg:#443612;--warn-ink:#ffe6a3;
  box-shadow:0 0 0 1px #ffffff14,0 12px 40px #000000a6}}
h2,h3,p,ul{margin:0;padding:0;font:inherit}
ul{list-style:none}
svg{display:block;width:20px;height:20px;flex:none;fill:none;stroke:currentColor;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}
button,textarea,input{font:inherit;color:inherit}
a{color:inherit}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
header .bar{display:flex;align-items:center;gap:4px;padding:14px 10px 14px 18px;background:var(--accent);color:var(--on-accent)}
header .names{flex:1;min-width:0}
header h2{font-size:16px;font-weight:650;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
header .status{font-size:12.5px}
header.online .status::before{content:"";display:inline-block;width:8px;height:8px;margin-right:6px;border-radius:50%;background:#3ddc84;box-shadow:0 0 0 2px #0003}
header :focus-visible{outline-color:var(--on-accent)}
.banner{padding:8px 18px;background:var(--warn-bg);color:var(--warn-ink);font-size:13px}
.banner:empty{display:none}
.icon-button{display:grid;place-items:center;width:40px;height:40px;padding:0;border:0;border-radius:10px;background:none;cursor:pointer;flex:none}
.icon-button:hover{background:#8080802e}
.icon-button.small{width:28px;height:28px}
.icon-button.small svg{width:16px;height:16px}
.icon-button:disabled{opacity:.4;cursor:default}
.text-button{padding:2px 6px;border:0;border-radius:6px;background:none;color:var(--ink);text-decoration:underline;cursor:pointer;font-size:12.5px}
.thread{position:relative;display:flex;flex:1;min-height:0;flex-direction:column}
.list{flex:1;overflow-y:auto;overscroll-behavior:contain;padding:16px 16px 8px}
.list:focus-visible{outline-offset:-3px}
.greeting{width:fit-content;max-width:86%;margin-bottom:12px;padding:10px 14px;border-radius:4px 16px 16px 16px;background:var(--soft);white-space:pre-wrap}
.greeting:empty{display:none}
.message{display:flex;flex-direction:column;align-items:flex-start;margin-bottom:10px}
.message.mine{align-items:flex-end}
.message[data-day]:not([data-day=""])::before{content:attr(data-day);align-self:center;margin:8px 0 10px;padding:2px 10px;border-radius:10px;background:var(--soft);color:var(--dim);font-size:12px}
.author{margin:0 0 3px 2px;color:var(--dim);font-size:12px}
.bubble{max-width:86%;padding:9px 13px;border-radius:4px 16px 16px 16px;background:var(--soft);overflow-wrap:anywhere}
.mine .bubble{border-radius:16px 4px 16px 16px;background:var(--accent);color:var(--on-accent)}
.mine .bubble :focus-visible{outline-color:var(--on-accent)}
.failed .bubble{background:none;color:var(--ink);box-shadow:inset 0 0 0 1.5px var(--bad)}
.bubble p{white-space:pre-wrap}
.meta{display:flex;align-items:center;gap:6px;min-height:18px;margin-top:2px;padding:0 2px;color:var(--dim);font-size:12px}
.failed .meta{color:var(--bad)}
.tick::before{content:"";display:inline-block;width:10px;height:5px;margin:0 4px 3px 0;border:solid currentColor;border-width:0 0 1.6px 1.6px;transform:rotate(-45deg)}
.tick.read::before{box-shadow:-3px 3px 0 -1.4px currentColor}
.tick.read{color:var(--ink)}
.tick.waiting::before{width:9px;height:9px;margin:0 4px -1px 0;border-width:1.6px;border-radius:50%;transform:none}
.file{display:flex;align-items:center;gap:8px;margin-top:4px;text-decoration:none}
.file:hover .file-name{text-decoration:underline}
.file-name{min-width:0;overflow:hidden;text-overflow:ellipsis}
.file-size{flex:none;font-size:12px}
.picture-link{display:block;margin:4px -7px 0}
.picture-link:last-child{margin-bottom:-3px}
.picture{display:block;max-width:100%;height:auto;border-radius:10px;background:#8080802e}
.typing{min-height:24px;padding:0 18px 4px;color:var(--dim);font-size:12.5px}
.latest{position:absolute;left:50%;bottom:28px;display:flex;align-items:center;gap:6px;padding:6px 12px;border:1px solid var(--line);border-radius:16px;background:var(--bg);
  box-shadow:0 2px 8px #0003;cursor:pointer;transform:translateX(-50%);font-size:13px}
.latest[hidden],.leave[hidden],[hidden]{display:none}
.latest svg{width:16px;height:16px}
.composer{border-top:1px solid var(--line);padding:8px}
.row{display:flex;align-items:flex-end;gap:2px}
.composer textarea{flex:1;min-width:0;height:40px;max-height:140px;margin:0 4px;padding:9px 12px;border:1px solid var(--line);border-radius:12px;background:var(--bg);line-height:20px;resize:none}
.composer textarea::placeholder{color:var(--dim);opacity:1}
.composer textarea:focus{outline:2px solid var(--accent);outline-offset:-1px;border-color:transparent}
.send{background:var(--accent);color:var(--on-accent)}
.send:hover{background:var(--accent);filter:brightness(1.08)}
.picker{position:relative}
.hidden-input{position:absolute;width:1px;height:1px;opacity:0;pointer-events:none}
.camera{display:none}
@media (pointer:coarse){.camera{display:grid}}
.tray li{display:grid;grid-template-columns:auto minmax(0,auto) 1fr auto auto;align-items:center;gap:8px;padding:4px 6px 4px 10px}
.tray .file-name{white-space:nowrap}
.tray-note{color:var(--dim);font-size:12px}
.tray .failed .tray-note,.too-many{color:var(--bad)}
.tray progress{grid-column:1/-1;width:100%;height:3px;border:0;border-radius:2px;background:var(--soft);accent-color:var(--accent);appearance:none}
.tray progress::-webkit-progress-bar{background:var(--soft);border-radius:2px}
.tray progress::-webkit-progress-value{background:var(--accent);border-radius:2px}
.tray progress::-moz-progress-bar{background:var(--accent);border-radius:2px}
.leave{display:flex;flex-direction:column;gap:6px;padding:14px 18px;border-top:1px solid var(--line);background:var(--soft)}
.leave h3{font-weight:650}
.leave label{margin-top:4px;font-size:12.5px;color:var(--dim)}
.leave input{height:40px;padding:0 12px;border:1px solid var(--dim);border-radius:10px;background:var(--bg)}
.leave .row{align-items:center;gap:10px;margin-top:4px}
.primary{height:36px;padding:0 16px;border:0;border-radius:10px;background:var(--accent);color:var(--on-accent);font-weight:600;cursor:pointer}
.problem-text{color:var(--bad);font-size:12.5px}
.problem-text:empty{display:none}
.dropping{outline:3px dashed var(--accent);outline-offset:-6px}
@media (max-width:480px){
  .panel{inset:0;width:auto;height:100dvh;border-radius:0;padding-bottom:env(safe-area-inset-bottom)}
  header .bar{padding-top:max(14px,env(safe-area-inset-top))}
  .composer textarea,.leave input{font-size:16px}
}
@media (prefers-reduced-motion:reduce){.panel{animation:none}}
@media (forced-colors:active){.bubble,.greeting,.panel{border:1px solid CanvasText}}
`;
