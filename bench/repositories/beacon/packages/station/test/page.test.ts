import { expect, test } from "vitest";

import { renderPage } from "../src/page/render.ts";
import { headline, worst } from "../src/page/status.ts";
import { mail, station, web } from "./fixtures.ts";

test("the page shows the worst first and escapes names", async () => {
  const { clock, history, incidents, monitor } = station({ mail: { ok: false, detail: "5 > 4" } });
  await monitor.round();
  const page = renderPage({ services: [mail, web], history, incidents, now: clock.now() });
  expect(page).toMatchSnapshot();
});

test("one outage is an outage", () => {
  expect(worst(["operational", "outage", "notice"])).toBe("outage");
  expect(headline(worst([]))).toBe("All systems operational");
  expect(headline("degraded")).toContain("degraded");
});
