import { expect, test } from "vitest";

import { parseSettings } from "../src/settings.ts";

test("a service is a line", () => {
  const [web, mail] = parseSettings(`
    # ours
    Web https://web.example critical 2s
    Mail https://mail.example
  `);
  expect(web).toEqual({
    id: "web",
    name: "Web",
    url: "https://web.example",
    importance: "critical",
    timeoutMs: 2000,
  });
  expect(mail?.importance).toBe("minor");
});

test.each([
  ["Web", "needs a name and an address"],
  ["Web nowhere", "not an address"],
  ["Web https://a.example vital", "unknown importance"],
  ["A https://a.example\nA https://b.example", "share a name"],
])("%j is refused", (text, reason) => {
  expect(() => parseSettings(text)).toThrow(reason);
});
