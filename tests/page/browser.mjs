// A browser for the tests of pages, through puppeteer-core; GOGOSCOPE_NODE_MODULES says where npm has put it.
import { createRequire } from "node:module";
import path from "node:path";

const modules = process.env.GOGOSCOPE_NODE_MODULES ?? "node_modules";
const require = createRequire(path.join(path.resolve(modules), "x.js"));

export const axeSource = () => require("axe-core").source;

export async function withBrowser(work, name = "chromium") {
  const { default: puppeteer } = await import(require.resolve("puppeteer-core"));
  const chromium = { executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"], pipe: true };
  const firefox = { browser: "firefox", executablePath: process.env.FIREFOX ?? "/usr/bin/firefox-esr" };
  const browser = await puppeteer.launch({ headless: true, protocolTimeout: 600000, ...(name === "firefox" ? firefox : chromium) });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
