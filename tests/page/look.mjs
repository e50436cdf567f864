// look.mjs PAGE.html OUT.png WIDTHxHEIGHT [QUERY#MOMENT] [dark|light]: a picture of a page, to be looked at.
import { withBrowser } from "./browser.mjs";

const [file, out, size, where = "", scheme = "dark"] = process.argv.slice(2);
const [width, height] = size.split("x").map(Number);
await withBrowser(async (browser) => {
  const page = await browser.newPage();
  await page.setViewport({ width, height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  page.on("pageerror", (error) => console.error(String(error)));
  page.on("console", (message) => console.error(message.text()));
  await page.goto(`file://${file}${where}`);
  await page.screenshot({ path: out });
});
