import { createHash } from 'node:crypto';
import { Html } from './html.js';

/** Style of the public pages. It stands in the page itself, so that a phone needs one answer and no other address. */
const style = `
:root{color-scheme:light dark;--paper:#f6f5f0;--card:#fffefb;--ink:#20281f;--soft:#66705f;--line:#e2e0d6;--leaf:#2e6b4a;--leaf-pale:#e4efe7;--clay:#9a5a2c;--clay-pale:#f6e9de}
@media(prefers-color-scheme:dark){:root{--paper:#151916;--card:#1d221e;--ink:#e7eae3;--soft:#9aa595;--line:#2f362f;--leaf:#8cc7a5;--leaf-pale:#223328;--clay:#e0a878;--clay-pale:#3a2b1f}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;-webkit-text-size-adjust:100%}
main{max-width:40rem;margin:0 auto;padding:1.25rem 1.1rem 3rem}
header{display:flex;justify-content:space-between;align-items:baseline;margin-bottom:1.4rem}
a{color:var(--leaf);text-underline-offset:.2em;text-decoration-thickness:1px}
.mark{font-weight:650;letter-spacing:.06em;text-decoration:none;color:var(--ink)}
.mark span{color:var(--leaf)}
.lang{font-size:.9rem}
h1{font-size:1.65rem;line-height:1.25;font-weight:650;margin:0 0 .35rem}
h2{font-size:.82rem;font-weight:600;letter-spacing:.08em;color:var(--soft);margin:0 0 .8rem;text-transform:uppercase}
.id{font:.92rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;color:var(--soft);overflow-wrap:anywhere;margin:0 0 1rem}
.lead{margin:0 0 1rem}
h1+section{margin-top:1.2rem}
form{display:flex;flex-wrap:wrap;gap:.5rem}
label{flex-basis:100%;color:var(--soft);font-size:.92rem}
input,button{font:inherit;color:inherit;border:1px solid var(--line);border-radius:8px;padding:.45rem .7rem}
input{flex:1;min-width:0;background:var(--paper)}
button{background:var(--leaf-pale);color:var(--leaf);font-weight:550;cursor:pointer}
small{color:var(--soft);font-size:.88rem}
.chips{display:flex;flex-wrap:wrap;gap:.5rem;margin:0 0 1.5rem;padding:0;list-style:none}
.chips li{padding:.2rem .75rem;border-radius:99px;background:var(--leaf-pale);color:var(--leaf);font-size:.92rem;font-weight:550}
.chips li.warn{background:var(--clay-pale);color:var(--clay)}
section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.1rem 1.15rem;margin:0 0 1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.45rem 1.2rem;margin:0}
dt{color:var(--soft)}
dd{margin:0;text-align:right}
.steps{list-style:none;margin:0;padding:0 0 0 1.15rem;border-left:2px solid var(--line)}
.steps li{position:relative;padding:0 0 1rem}
.steps li:last-child{padding-bottom:0}
.steps li::before{content:"";position:absolute;left:-1.55rem;top:.5rem;width:.65rem;height:.65rem;border-radius:50%;background:var(--card);border:2px solid var(--leaf)}
.steps li:last-child::before{background:var(--leaf)}
.steps b{font-weight:600}
.steps time{float:right;margin-left:.75rem;color:var(--soft);font-variant-numeric:tabular-nums}
.steps small,.kin small{display:block;color:var(--soft);font-size:.88rem}
.kin{list-style:none;margin:0;padding:0}
.kin li{padding:.55rem 0;border-top:1px solid var(--line)}
.kin li:first-child{border-top:0;padding-top:0}
.kin li:last-child{padding-bottom:0}
.kin a{font-weight:550}
.verify p{margin:.1rem 0 .8rem}
.verify dl{margin-bottom:.8rem}
.hash{display:block;margin-bottom:.35rem;font:.8rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;color:var(--soft);overflow-wrap:anywhere}
code{font:.86rem/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.1rem .4rem;overflow-wrap:anywhere}
.qr{width:7.5rem;height:7.5rem;background:#fff;border-radius:8px;padding:.35rem;display:block;margin:.4rem 0 0}
.qr svg{display:block;width:100%;height:100%}
footer{color:var(--soft);font-size:.88rem;padding:.4rem .2rem}
@media print{body{background:#fff}section{break-inside:avoid}.lang{display:none}}
`;

/** Whole, because the policy names the digest of what stands between the tags. */
export const styleElement = new Html(`<style>${style}</style>`);

const digest = createHash('sha256').update(style).digest('base64');

/** Nothing but this one style, our own icon and a form to ourselves; no script, no frame. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${digest}'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
