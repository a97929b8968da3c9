package dev.tollgate.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tollgate.identity.AgentIdentity;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import dev.tollgate.task.Caller;
import dev.tollgate.task.Conversation;
import dev.tollgate.task.Intent;
import dev.tollgate.task.Task;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ResultTrust;
import dev.tollgate.tool.Sensitivity;
import dev.tollgate.tool.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NamedByUserTest {
  private static final Map<String, String> USER = Map.of("x", "user");

  private static Map<String, String> of(Intent intent, Argument argument, String arguments)
      throws JsonRefusedException {
    Task task =
        new Task(
            "t-1",
            new Conversation("acme", "c-1"),
            Caller.of("acme", "alice"),
            AgentIdentity.of("agent"),
            intent,
            "digest",
            "test",
            Instant.EPOCH,
            Duration.ofHours(1).toNanos());
    Tool tool =
        new Tool(
            "send",
            "test",
            "sha256:x",
            null,
            Tool.Standing.LISTED,
            Effect.SEND,
            Map.of("x", argument),
            "mail",
            Sensitivity.INTERNAL,
            ResultTrust.UNTRUSTED,
            null);
    return NamedByUser.of(task, tool, new StrictJson(JsonLimits.DEFAULT).parseObject(arguments));
  }

  private static Map<String, String> steering(ArgumentType type, String words, String arguments)
      throws JsonRefusedException {
    return of(Intent.human(words), new Argument(type, true), arguments);
  }

  private static Map<String, String> text(String words, String value) throws JsonRefusedException {
    return steering(ArgumentType.STRING, words, "{\"x\":\"" + value + "\"}");
  }

  private static Map<String, String> place(String words, String value) throws JsonRefusedException {
    Argument argument = new Argument(ArgumentType.STRING, true, null, true);
    return of(Intent.human(words), argument, "{\"x\":\"" + value + "\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Write to bob | bob",
        "Bob: write to bob. | bob",
        "write to 'bob'! | bob",
        "write to (bob), please | bob",
        "write to \u201cbob\u201d\u2026 | bob",
        "bobby, bob | bob",
        "Pay DE89370400440532013000, today | DE89370400440532013000",
        "Pay DE89 3704 0044 0532 0130 00 now | DE89 3704 0044 0532 0130 00",
        "read /etc/hosts | /etc/hosts",
        "open https://corp.example/a?b=c. | https://corp.example/a?b=c",
        "file report-2.txt | report-2.txt",
        "write to J\u00fcrgen | J\u00fcrgen",
        "in #general | #general"
      })
  void aTextThatStandsAloneInTheWordsIsNamed(String words, String value) throws Exception {
    assertThat(text(words, value)).isEqualTo(USER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Write to Bob | bob",
        "Write to bobby | bob",
        "Write to kebob | bob",
        "Write to bob2 | bob",
        "Write to bob_x | bob",
        "Write to bob-x | bob",
        "Write to x-bob | bob",
        "Write to bob's friend | bob",
        "Write to O'bob | bob",
        "Write to bob@corp.example | bob",
        "Write to @bob | bob",
        "Write to bob\u200d\u200d | bob",
        "Write to bob\u0301 | bob",
        "Write to bob\u202e | bob",
        "Write to bo\u0301b | bob",
        "Write to al | al",
        "read /etc/hosts | /etc",
        "read /etc/hosts | etc/hosts",
        "read ../etc/hosts | /etc/hosts",
        "read ~/etc/hosts | /etc/hosts",
        "read .profile | profile",
        "read a.profile.b | profile",
        "open https://corp.example/a?b=c | https://corp.example/a",
        "open https://corp.example/a | https://corp.example",
        "open https://corp.example/a | corp.example",
        "Pay 100,000 | 100",
        "Pay 100.50 | 100",
        "nothing here | bob",
        "--- | ---",
        "\u65e5\u672c\u8a9e\u306b\u9001\u308b | \u65e5\u672c\u8a9e"
      })
  void aTextThatIsPartOfALongerOneIsNot(String words, String value) throws Exception {
    assertThat(text(words, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mail Bob@Corp.Example. | bob@corp.example",
        "Mail <bob@corp.example>, soon | BOB@CORP.EXAMPLE",
        "Ask API.corp.example: status? | api.corp.example",
        "Ask api.corp.example:8443 | api.corp.example:8443",
        "Open https://corp.example/A | https://corp.example/A"
      })
  void aHostOrMailboxIsNamedInEitherCase(String words, String value) throws Exception {
    assertThat(place(words, value)).isEqualTo(USER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mail bob@corp.example | corp.example",
        "Ask api.corp.example | corp.example",
        "Ask corp.example.evil.example | corp.example",
        "Ask corp.example:8443 | corp.example",
        "Ask notcorp.example | corp.example",
        "Ask corp.example/x | corp.example",
        "Mail x.bob@corp.example | bob@corp.example",
        "Mail bob@corp.example,eve@evil.example | bob@corp.example",
        "Mail bob@corp.example.org | bob@corp.example",
        "Open https://corp.example/A | https://corp.example/a",
        "Ask \u212aorp.example | korp.example"
      })
  void aPlaceInsideAnotherIsNotNamed(String words, String value) throws Exception {
    assertThat(place(words, value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pay 100 | 100",
        "Pay 100. | 100",
        "Pay 100.00 EUR | 100",
        "Pay \u20ac100, now | 100",
        "Pay 100\u20ac | 1e2",
        "Pay 5, not 6 | 6",
        "Pay 0.5 | 0.5",
        "Pay 0.125 | 0.125",
        "Pay 1234.125 | 1234.125",
        "Set it to -5 | -5",
        "(7) | 7",
        "0 | 0"
      })
  void aNumberIsNamedByItsValue(String words, String value) throws Exception {
    assertThat(steering(ArgumentType.DECIMAL, words, "{\"x\":" + value + "}")).isEqualTo(USER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Pay 1000 | 100",
        "Pay 100.5 | 100",
        "Pay 1.000 | 1",
        "Pay 1.000 | 1000",
        "Pay 1,000.50 | 1",
        "Pay 1,000.50 | 1000.5",
        "Pay 1 000 | 1",
        "Pay 1\u202f000 | 1",
        "Pay 10% | 10",
        "Pay 10\u2030 | 10",
        "Pay 5k | 5",
        "Pay 5e3 | 5",
        "Pay 007 | 7",
        "Set it to -5 | 5",
        "Set it to 5 | -5",
        "From 5-10 | 10",
        "From 5-10 | -10",
        "From 5\u201310 | 5",
        "At 10:30 | 10",
        "On 2024-05-01 | 2024",
        "On 12.05.2024 | 12.05",
        "Version 3.1.2 | 3.1",
        "Half 1/2 | 1",
        "x5 | 5",
        "5\u00b2 | 5",
        "\u0665 | 5",
        "five | 5",
        "Pay DE89370400440532013000 | 89"
      })
  void aNumberInsideSomethingElseNamesNothing(String words, String value) throws Exception {
    assertThat(steering(ArgumentType.DECIMAL, words, "{\"x\":" + value + "}")).isEmpty();
  }

  @Test
  void aListIsNamedOnlyIfEachItemIs() throws Exception {
    String words = "Invite bob, eve and carol";
    assertThat(steering(ArgumentType.STRINGS, words, "{\"x\":[\"bob\",\"eve\"]}")).isEqualTo(USER);
    assertThat(steering(ArgumentType.STRINGS, words, "{\"x\":[\"bob\",\"mallory\"]}")).isEmpty();
    assertThat(steering(ArgumentType.STRINGS, words, "{\"x\":[]}")).isEmpty();
  }

  @Test
  void aValueOfAnotherTypeIsNeverNamed() throws Exception {
    assertThat(steering(ArgumentType.STRING, "Pay 100", "{\"x\":100}")).isEmpty();
    assertThat(steering(ArgumentType.DECIMAL, "Pay 100", "{\"x\":\"100\"}")).isEmpty();
    assertThat(steering(ArgumentType.BOOLEAN, "true", "{\"x\":true}")).isEmpty();
    assertThat(steering(ArgumentType.STRING, "null", "{\"x\":null}")).isEmpty();
    assertThat(steering(ArgumentType.STRING, "bob", "{}")).isEmpty();
  }

  @Test
  void onlySteeringArgumentsAreLookedFor() throws Exception {
    Argument argument = new Argument(ArgumentType.STRING, false);
    assertThat(of(Intent.human("bob"), argument, "{\"x\":\"bob\"}")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Intent.Source.class)
  void anEventNamesNothing(Intent.Source source) throws Exception {
    Argument argument = new Argument(ArgumentType.STRING, true);
    assertThat(of(new Intent(source, "write to bob"), argument, "{\"x\":\"bob\"}"))
        .isEqualTo(source == Intent.Source.EVENT ? Map.of() : USER);
  }

  @Test
  void hostileLengthsTakeLinearTime() {
    String words = "a".repeat(400_000) + " " + "-".repeat(400_000) + " " + "1".repeat(400_000);
    assertThatCode(
            () -> {
              assertThat(text(words, "a".repeat(50_000) + "b")).isEmpty();
              assertThat(text(words, "a".repeat(50_000))).isEmpty();
              assertThat(text(words, "-".repeat(50_000))).isEmpty();
              assertThat(steering(ArgumentType.DECIMAL, words, "{\"x\":1}")).isEmpty();
            })
        .doesNotThrowAnyException();
  }
}
