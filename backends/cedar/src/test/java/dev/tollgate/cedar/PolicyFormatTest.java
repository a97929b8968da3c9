package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormatTest {
  @Test
  void keepsEveryCommentWhereItWas() {
    String text =
        """
        // What this is.

        // First, ä 😀.
        @id("a") // a name
        @description("x, \\" // no comment") permit(principal,action,resource) // head
        when { // in
          context.args has x && // why
          context.args.x == "// no comment" };   // behind

        // Between.


        // Second.
        @obligation("approval")
        permit(principal,action,resource);
        // At the end.
        """;
    String once = PolicyFormat.format("t", text);
    assertThat(once)
        .startsWith("// What this is.\n\n// First, ä 😀.\n@id(\"a\") // a name\n")
        .contains("}; // behind\n\n// Between.\n\n// Second.\n@obligation(\"approval\")\n")
        .endsWith("permit (principal, action, resource);\n\n// At the end.\n");
    assertThat(PolicyFormat.format("t", once)).isEqualTo(once);
    assertThat(PolicyFormat.format("t", text.replace("\n", "\r\n"))).isEqualTo(once);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "// only a comment",
        "permit(principal,action,resource);permit(principal,action,resource);",
        "permit(principal,action,resource) // a\n; // b\n// c"
      })
  void twiceIsOnce(String text) {
    String once = PolicyFormat.format("t", text);
    assertThat(PolicyFormat.format("t", once)).isEqualTo(once);
    assertThat(once.isEmpty() || once.endsWith("\n")).isTrue();
  }

  @Test
  void generatedPoliciesMeanTheSameAfterwards() {
    for (int seed = 1; seed <= 20; seed++) {
      String text = Generated.policies(new Random(seed), 20);
      String once = PolicyFormat.format("t", text);
      assertThat(PolicyFormat.format("t", once)).as("seed %d", seed).isEqualTo(once);
      assertThat(once.lines().allMatch(line -> line.equals(line.stripTrailing()))).isTrue();
    }
  }

  @Test
  void whatDoesNotParseIsNotTouched() {
    assertThatThrownBy(() -> PolicyFormat.format("t.cedar", "\npermit(principal,"))
        .isInstanceOf(CedarPolicyException.class)
        .hasMessageStartingWith("t.cedar:2: ");
  }
}
