package dev.tollgate.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ToolLockTest {
  private static final ToolDefinition PAY =
      new ToolDefinition(
          "bank_pay",
          "Pays.\nNow: \"at once\" \u202e\ud83d\ude00 # - {",
          "{\"type\":\"object\",\"properties\":{\"iban\":{\"type\":\"string\"}}}",
          "langchain4j",
          Set.of("destructiveHint:true"));
  private static final ToolDefinition ODD =
      new ToolDefinition("a: odd", " ", "{broken", "mcp:x", Set.of());

  @Test
  void readsWhatItWrote() {
    ToolLock lock = ToolLock.of(List.of(PAY, ODD));
    String text = lock.text();
    ToolLock again = ToolLock.parse(text, "tools.lock");
    assertThat(again.definitions())
        .extracting(ToolDefinition::digest)
        .containsExactly(ODD.digest(), PAY.digest());
    assertThat(again.text()).isEqualTo(text).doesNotContain("\u202e").contains("\\u202e");
    assertThat(ToolLock.parse(ToolLock.of(List.of()).text(), "x").definitions()).isEmpty();
  }

  @Test
  void anotherToolAddsLinesAndChangesNone() {
    List<String> before = ToolLock.of(List.of(PAY)).text().lines().toList();
    List<String> after = new ArrayList<>(ToolLock.of(List.of(PAY, ODD)).text().lines().toList());
    assertThat(after).containsSubsequence(before).hasSizeGreaterThan(before.size());
  }

  @Test
  void anEditedDefinitionDoesNotLoad() {
    String text = ToolLock.of(List.of(PAY)).text();
    for (String[] edit :
        List.of(
            new String[] {"Pays.", "Reads."},
            new String[] {"destructiveHint:true", "destructiveHint:false"},
            new String[] {"\"iban\"", "\"to\""},
            new String[] {"name: \"bank_pay\"", "name: \"bank_read\""})) {
      assertThat(text).contains(edit[0]);
      assertThatThrownBy(() -> ToolLock.parse(text.replace(edit[0], edit[1]), "tools.lock"))
          .isInstanceOf(ManifestException.class)
          .hasMessageContaining("tools.lock:6")
          .hasMessageContaining("not the digest of this definition");
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    String text = ToolLock.of(List.of(PAY)).text();
    for (String[] bad :
        List.of(
            new String[] {text.replace("lock/v1", "lock/v2"), "version must be"},
            new String[] {text.replace("    digest: " + PAY.digest() + "\n", ""), "'digest'"},
            new String[] {text.replace("    source", "    x: y\n    source"), "unknown key"},
            new String[] {text + text.substring(text.indexOf("  - name")), "locked twice"})) {
      assertThatThrownBy(() -> ToolLock.parse(bad[0], "l"))
          .isInstanceOf(ManifestException.class)
          .hasMessageContaining(bad[1]);
    }
  }

  private static ToolManifest manifest(String more) {
    return ToolManifest.parse(
        "version: tollgate/manifest/v1\ntools: [{name: bank_pay, effect: pay" + more + "}]", "m");
  }

  @Test
  void aLockedToolIsPinnedAndGivesItsSchema() {
    ToolManifest locked = manifest("").locked(ToolLock.of(List.of(PAY)));
    assertThat(locked.tools().get(0).inputSchema()).isEqualTo(PAY.inputSchema());
    Tool tool = locked.describe(PAY);
    assertThat(tool.standing()).isEqualTo(Tool.Standing.LISTED);
    assertThat(tool.pinnedDigest()).isEqualTo(PAY.digest());
  }

  @Test
  void aToolOfAnotherSourceIsNotTheLockedOne() {
    ToolDefinition stranger =
        new ToolDefinition(PAY.name(), PAY.description(), PAY.inputSchema(), "mcp:evil");
    assertThat(manifest("").locked(ToolLock.of(List.of(PAY))).describe(stranger).standing())
        .isEqualTo(Tool.Standing.UNLOCKED);
  }

  @Test
  void aManifestThatPinsAnotherDefinitionDoesNotTakeTheLock() {
    String pin = new ToolDefinition("bank_pay", "", "", "langchain4j").digest();
    assertThatThrownBy(() -> manifest(", definition: " + pin).locked(ToolLock.of(List.of(PAY))))
        .isInstanceOf(ManifestException.class)
        .hasMessageContainingAll("bank_pay", pin, PAY.digest());
    assertThat(
            manifest(", definition: " + PAY.digest())
                .locked(ToolLock.of(List.of(PAY)))
                .describe(PAY)
                .pinnedDigest())
        .isEqualTo(PAY.digest());
  }
}
