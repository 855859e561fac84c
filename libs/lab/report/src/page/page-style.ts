import { colourRules } from '../drawing/colours.ts';
import { fontFamily } from '../drawing/draw-svg.ts';

/** The report's own style: one column, light or dark as the reader has it, readable on a phone and on paper. */
export const pageStyle = `
${colourRules(':root')}
:root{color-scheme:light dark;--page:#ffffff;--panel:#f6f8fa;--link:#0a58ca}
@media screen and (prefers-color-scheme:dark){:root{--page:#14171a;--panel:#1d2125;--link:#7cb7ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 ${fontFamily}}
header,main,footer{max-width:860px;margin:0 auto;padding:0 20px}
header{padding-top:36px}
h1{font-size:1.7rem;line-height:1.2;margin:0 0 .4em}
h2{font-size:1.25rem;line-height:1.3;margin:0 0 .5em}
p{margin:.5em 0}
a{color:var(--link)}
section{margin:44px 0}
figure{margin:16px 0}
svg{display:block;width:100%;height:auto}
.phone{display:none}
.how{color:var(--muted)}
.found{border-left:4px solid var(--variant-1);padding-left:28px;margin:.5em 0}.found li{margin:.2em 0}
.warning{border:1px solid var(--variant-2);border-left-width:6px;padding:8px 12px;background:var(--panel)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:16px 0}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
details{margin:12px 0}
summary{cursor:pointer;color:var(--link)}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:.875rem;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--muted);padding:6px 0}
th,td{text-align:right;padding:4px 10px;border-bottom:1px solid var(--grid);white-space:nowrap}
th:first-child,td.text{text-align:left}
thead th{border-bottom-color:var(--muted)}
code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.9em;background:var(--panel);padding:1px 4px;overflow-wrap:anywhere}
footer{color:var(--muted);font-size:.875rem;padding-bottom:36px}
@media (max-width:560px){header{padding-top:20px}.desk{display:none}.phone{display:block}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
@media print{body{font-size:11pt}header,main,footer{max-width:none;padding:0}section,figure{break-inside:avoid}
details::details-content{content-visibility:visible;display:block;block-size:auto}summary{display:none}.scroll{overflow:visible}
th,td{white-space:normal}.phone{display:none}.desk{display:block}}
`;
