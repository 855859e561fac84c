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
h3{font-size:1rem;margin:.8em 0 .2em}
h2{font-size:1.25rem;line-height:1.3;margin:0 0 .5em}
p{margin:.5em 0}
.answer{font-size:1.25rem;line-height:1.4;border-left:6px solid var(--variant-3);padding:2px 0 2px 16px}
pre{margin:0;padding:8px 12px;background:var(--panel);overflow-x:auto;font:.8125rem/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
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
th:first-child,.text{text-align:left}
thead th{border-bottom-color:var(--muted)}
code{font-family:ui-monospace,SFMono-Regular,Menlo,monospace;font-size:.9em;background:var(--panel);padding:1px 4px;overflow-wrap:anywhere}
footer{color:var(--muted);font-size:.875rem;padding-bottom:36px}
@media (max-width:560px){header{padding-top:20px}.desk{display:none}.phone{display:block}
dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
@page{margin:12mm}
@media print{footer{display:none}body{font-size:8.5pt;line-height:1.35}header,main,footer{max-width:none;padding:0}header{padding:0}
h1{font-size:15pt}h2{font-size:10.5pt;margin:0 0 2pt}h3{font-size:9pt;margin:4pt 0 1pt}.answer{font-size:12pt}
section{margin:8pt 0;break-inside:avoid}figure{margin:2pt 0}details,.phone{display:none}.desk{display:block}
.pictures{columns:2;column-gap:8mm}.pictures section{margin:0 0 4pt}.small svg{max-height:40mm}.how{font-size:7pt;margin:0}.warning{padding:2pt 6pt;margin:3pt 0}
.found{padding-left:10pt;margin:1pt 0;font-size:7pt}.found li{margin:0}.found li:nth-child(n+4){display:none}
.snippets{display:grid;grid-template-columns:1fr 1fr;gap:0 8mm}pre{font-size:6.5pt;padding:3pt 5pt;white-space:pre-wrap}
.scroll{overflow:visible}table{font-size:8pt}th,td{white-space:normal;padding:2pt 4pt}dl{gap:0 8pt;margin:2pt 0;font-size:7pt}}
`;
