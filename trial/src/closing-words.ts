/** What `npm start` ends with: where to look, and what to try next. */
export function closingWords(url: string, seconds: number): string {
  return `
回链已就绪 · Huilian is ready (${seconds} s)

  首页 · home         ${url}/
  接口 · API          ${url}/docs
  状态 · readiness    ${url}/readyz

下一步，在另一个终端 · next, in another terminal:

  npm run demo                 一个上午的工作，从照片到审计 · one morning, from photographs to an audit
  npx huilian doctor           检查安装 · check the set-up
  npx huilian tag read FILE    读取照片中的标签 · read the tags in a photograph

Ctrl-C 停止全部程序，数据保留 · Ctrl-C stops everything, the data stay.
`;
}
