package dev.tollgate.tool;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** Good and bad manifests. A bad one names the line at fault. */
final class ManifestCorpus {
  private ManifestCorpus() {}

  private static final String HEAD = "version: tollgate/manifest/v1\ntools:\n";
  private static final String TOOL = HEAD + "  - name: pay\n    effect: pay\n";
  static final String FULL =
      TOOL
          + "    source: mcp:bank\n"
          + "    arguments:\n"
          + "      iban: {type: string, steering: true}\n"
          + "      amount: {type: decimal}\n"
          + "    destination: bank\n"
          + "    sensitivity: restricted\n"
          + "    result: structured\n"
          + "    definition: sha256:"
          + "a".repeat(43)
          + "\n"
          + "    credential:\n"
          + "      audience: bank\n"
          + "      scopes: [pay]\n"
          + "      origin: https://bank.example:8443\n"
          + "      lifetime-seconds: 30\n";

  static List<String> good() {
    return List.of(
        FULL,
        TOOL,
        HEAD.replace("tools:\n", "tools: []\n"),
        TOOL + "    arguments: {}\n",
        TOOL + "    arguments: {a: {type: strings, steering: false}}\n",
        TOOL + "    arguments: {a: {type: decimal, spends: eur}}\n",
        TOOL + "  - name: read\n    effect: read\n",
        TOOL + "    source: a\n  - name: pay\n    effect: pay\n    source: b\n",
        credential("audience: a, scopes: [], origin: 'http://127.0.0.1:8080/'"),
        credential("audience: a, scopes: [], origin: 'http://localhost'"),
        credential("audience: a, scopes: [], origin: 'http://[::1]:8080'"),
        credential("audience: a, scopes: [a, b], origin: 'https://x', lifetime-seconds: 3600"));
  }

  private static String credential(String content) {
    return TOOL + "    credential: {" + content + "}\n";
  }

  /** Line, part of the message, manifest. */
  static List<Arguments> bad() {
    List<Arguments> bad = new ArrayList<>();
    add(bad, 1, "must be a mapping", "[]");
    add(bad, 1, "'version' is missing", "tools: []\n");
    add(bad, 1, "'tools' is missing", "version: tollgate/manifest/v1\n");
    add(bad, 1, "version must be", "version: tollgate/manifest/v2\ntools: []\n");
    add(bad, 1, "must be a text", "version: 1\ntools: []\n");
    add(bad, 3, "unknown key", HEAD.replace("tools:\n", "tools: []\n") + "extra:\n  a: 1\n");
    add(bad, 2, "must be a list", "version: tollgate/manifest/v1\ntools: {}\n");
    add(bad, 3, "'effect' is missing", HEAD + "  - name: pay\n");
    add(bad, 5, "only an integer", TOOL + "    arguments: {a: {type: string, spends: eur}}\n");
    add(bad, 5, "an amount is named", TOOL + "    arguments: {a: {type: decimal, spends: E}}\n");
    add(bad, 3, "'name' is missing", HEAD + "  - effect: pay\n");
    add(bad, 3, "must be a text", HEAD + "  - name: 12\n    effect: pay\n");
    add(bad, 3, "must be a text", HEAD + "  - name: ' '\n    effect: pay\n");
    add(bad, 3, "must be a text", HEAD + "  - name:\n    effect: pay\n");
    add(bad, 3, "must be a mapping", HEAD + "  - pay\n");
    add(bad, 4, "must be one of", HEAD + "  - name: pay\n    effect: harmless\n");
    add(bad, 4, "must be one of", HEAD + "  - name: pay\n    effect: READ\n");
    add(bad, 5, "unknown key", TOOL + "    approval: never\n");
    add(bad, 5, "must be one of", TOOL + "    sensitivity: secret\n");
    add(bad, 5, "must be one of", TOOL + "    result: good\n");
    add(bad, 5, "pinned as", TOOL + "    definition: sha256:abc\n");
    add(bad, 5, "must be a mapping", TOOL + "    arguments: [iban]\n");
    add(bad, 6, "'type' is missing", TOOL + "    arguments:\n      iban: {steering: true}\n");
    add(bad, 6, "must be one of", TOOL + "    arguments:\n      iban: {type: uuid}\n");
    add(
        bad,
        6,
        "true or false",
        TOOL + "    arguments:\n      iban: {type: string, steering: 'true'}\n");
    add(bad, 6, "unknown key", TOOL + "    arguments:\n      iban: {type: string, max: 1}\n");
    add(bad, 5, "must be a mapping", TOOL + "    credential: bank\n");
    for (String content :
        List.of(
            "scopes: [], origin: 'https://x'",
            "audience: a, origin: 'https://x'",
            "audience: a, scopes: []",
            "audience: a, scopes: pay, origin: 'https://x'",
            "audience: a, scopes: [1], origin: 'https://x'",
            "audience: a, scopes: [], origin: 'x'",
            "audience: a, scopes: [], origin: 'ftp://x'",
            "audience: a, scopes: [], origin: 'http://bank.example'",
            "audience: a, scopes: [], origin: 'http://127.0.0.1.bank.example'",
            "audience: a, scopes: [], origin: 'https://x/path'",
            "audience: a, scopes: [], origin: 'https://x?q'",
            "audience: a, scopes: [], origin: 'https://x#f'",
            "audience: a, scopes: [], origin: 'https://me@x'",
            "audience: a, scopes: [], origin: 'https://under_score'",
            "audience: a, scopes: [], origin: 'https://x', lifetime-seconds: 0",
            "audience: a, scopes: [], origin: 'https://x', lifetime-seconds: 3601",
            "audience: a, scopes: [], origin: 'https://x', lifetime-seconds: '60'",
            "audience: a, scopes: [], origin: 'https://x', lifetime-seconds: 1.5",
            "audience: a, scopes: [], origin: 'https://x', issuer: me")) {
      add(bad, 5, "credential", credential(content));
    }
    return bad;
  }

  /** What only the reader sees: YAML itself, and what stands twice. */
  static List<Arguments> badYaml() {
    List<Arguments> bad = new ArrayList<>();
    add(bad, 1, "is empty", "");
    add(bad, 2, "is not YAML", "version: tollgate/manifest/v1\n\ttools: []\n");
    add(bad, 2, "is not YAML", "version: tollgate/manifest/v1\n  tools: []\n");
    add(bad, 5, "stands twice", TOOL + "    effect: read\n");
    add(bad, 5, "is listed twice", TOOL + "  - name: pay\n    effect: read\n");
    add(
        bad,
        7,
        "is listed twice",
        TOOL
            + "    source: a\n  - name: read\n    effect: read\n  - name: pay\n"
                .replaceFirst("  - name: read\n    effect: read\n", "    destination: d\n")
            + "    effect: pay\n    source: a\n");
    add(bad, 3, "is not YAML", "version: tollgate/manifest/v1\ntools: []\n---\nx: 1\n");
    return bad;
  }

  private static void add(List<Arguments> to, int line, String problem, String yaml) {
    to.add(Arguments.of(line, problem, yaml));
  }
}
