// Makes discord-limits.json.gz: the part of Discord's own API schema that the bot's requests and
// the fake's replies are judged by.
//
//   mkdir /tmp/spec && cd /tmp/spec && npm init -y && npm i discord-api-spec@10.0.266135 zod@4.6.7
//   cp <checkout>/tests/fakediscord/schema/prune.mjs . && node prune.mjs <checkout>/tests/fakediscord/schema
//
// The registry's integrity of the package is in NOTICE; npm checks it while installing.
import * as z from "zod";
import * as spec from "discord-api-spec/zod";
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";

// Route → the names of the request's and the reply's schema (null: no body). A list means any of.
const ROUTES = {
  "GET /users/@me": [null, "UserPIIResponse"],
  "GET /oauth2/applications/@me": [null, "PrivateApplicationResponse"],
  "PUT /applications/{application_id}/commands": [["ApplicationCommandUpdateRequest"], "ApplicationCommandResponse"],
  "PUT /applications/{application_id}/guilds/{guild_id}/commands": [["ApplicationCommandUpdateRequest"], "ApplicationCommandResponse"],
  "POST /channels/{channel_id}/messages": ["MessageCreateRequest", "MessageResponse"],
  "PATCH /channels/{channel_id}/messages/{message_id}": ["MessageEditRequestPartial", "MessageResponse"],
  "POST /channels/{channel_id}/typing": [null, null],
  "POST /interactions/{interaction_id}/{interaction_token}/callback": [
    [
      "ApplicationCommandAutocompleteCallbackRequest",
      "CreateMessageInteractionCallbackRequest",
      "ModalInteractionCallbackRequest",
      "UpdateMessageInteractionCallbackRequest",
    ],
    "InteractionCallbackResponse",
  ],
  "POST /webhooks/{webhook_id}/{webhook_token}": ["IncomingWebhookRequestPartial", "MessageResponse"],
  "GET /webhooks/{webhook_id}/{webhook_token}/messages/@original": [null, "MessageResponse"],
  "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original": ["IncomingWebhookUpdateRequestPartial", "MessageResponse"],
  "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": ["IncomingWebhookUpdateRequestPartial", "MessageResponse"],
};

const registry = z.registry();
for (const [name, schema] of Object.entries(spec)) {
  if (name.endsWith("Schema") && schema?._zod) registry.add(schema, { id: name.slice(0, -6) });
}
const { schemas } = z.toJSONSchema(registry, { io: "input", uri: (id) => `#/$defs/${id}`, unrepresentable: "any" });

const kept = {};
function keep(name) {
  if (kept[name]) return;
  const schema = structuredClone(schemas[name]);
  if (!schema) throw new Error(`the package has no schema called ${name}`);
  kept[name] = clean(schema);
}
function clean(node) {
  if (Array.isArray(node)) return node.map(clean);
  if (node === null || typeof node !== "object") return node;
  const out = {};
  for (const [key, value] of Object.entries(node)) {
    if (key === "$schema" || key === "$id" || key === "id" && typeof value === "string") continue;
    // z.int() bounds every number by JavaScript's safe integers: not Discord's limit.
    if ((key === "minimum" || key === "maximum") && Math.abs(value) >= 2147483647) continue;
    // zod's own idea of a date-time (it must end in Z): Discord's ends in +00:00.
    if (key === "pattern" && node.format === "date-time") continue;
    if (key === "$ref") keep(value.split("/").pop());
    out[key] = clean(value);
  }
  return out;
}
for (const [request, reply] of Object.values(ROUTES)) {
  for (const name of [request, reply].flat()) if (name) keep(name);
}
const file = {
  source: "discord-api-spec 10.0.266135 (npm, MIT), from Discord's OpenAPI description",
  routes: ROUTES,
  $defs: Object.fromEntries(Object.entries(kept).sort(([a], [b]) => (a < b ? -1 : 1))),
};
const bytes = gzipSync(Buffer.from(JSON.stringify(file)), { level: 9 });
writeFileSync(join(process.argv[2] ?? ".", "discord-limits.json.gz"), bytes);
console.log(`${Object.keys(kept).length} schemas of ${Object.keys(schemas).length}, ${bytes.length} bytes`);
