package dev.tollgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tollgate.reason.ReasonCode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What two parsers could read differently is refused, and the message never repeats it. */
class StrictJsonRefusalTest {
  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);

  static Stream<Arguments> refused() {
    return Stream.of(
        of(ReasonCode.ARGUMENTS_MALFORMED, ""),
        of(ReasonCode.ARGUMENTS_MALFORMED, " \n"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "zebra"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":1"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":1} zebra"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{}{}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":NaN}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":-Infinity}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":Infinity}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{/* zebra */}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{} // zebra"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":1,}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{'zebra':1}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{zebra:1}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":01}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":+1}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":.5}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":\"a\nb\"}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "{\"zebra\":\"\\x41\"}"),
        of(ReasonCode.ARGUMENTS_MALFORMED, "\ufeff{\"zebra\":1}"),
        of(ReasonCode.ARGUMENTS_NOT_AN_OBJECT, "[\"zebra\"]"),
        of(ReasonCode.ARGUMENTS_NOT_AN_OBJECT, "\"zebra\""),
        of(ReasonCode.ARGUMENTS_NOT_AN_OBJECT, "null"),
        of(ReasonCode.ARGUMENTS_DUPLICATE_KEY, "{\"zebra\":1,\"zebra\":1}"),
        of(ReasonCode.ARGUMENTS_DUPLICATE_KEY, "{\"\\u0061\":1,\"zebra\":2,\"a\":3}"),
        of(ReasonCode.ARGUMENTS_DUPLICATE_KEY, "{\"x\":[{\"zebra\":1,\"zebra\":2}]}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":9007199254740993}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":1e400}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":-1e400}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":1e-400}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":1e99999999999}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":1e-99999999999}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":0.1000000000000000055511151231257827}"),
        of(ReasonCode.ARGUMENTS_NUMBER_INEXACT, "{\"zebra\":0.30000000000000001}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\":\"\\ud83d\"}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\":\"\\ude00\"}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\":\"\ud83d\"}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\":\"\ude00\"}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\":\"\\ude00\\ud83d\"}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\\ud83d\":1}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\\ude00\":1}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\ud83d\":1}"),
        of(ReasonCode.ARGUMENTS_LONE_SURROGATE, "{\"zebra\ude00\":1}"),
        of(ReasonCode.ARGUMENTS_TOO_DEEP, "{\"zebra\":" + "[".repeat(64) + "]".repeat(64) + "}"),
        of(ReasonCode.ARGUMENTS_TOO_DEEP, "{\"zebra\":".repeat(65) + "1" + "}".repeat(65)),
        of(ReasonCode.ARGUMENTS_TOO_LARGE, "{\"zebra\":\"" + "x".repeat(1024 * 1024) + "\"}"),
        of(ReasonCode.ARGUMENTS_TOO_LARGE, "{\"zebra\":\"" + "\u00e9".repeat(140_000) + "\"}"),
        of(ReasonCode.ARGUMENTS_TOO_LARGE, "{\"zebra\":\"" + "\u20ac".repeat(90_000) + "\"}"),
        of(ReasonCode.ARGUMENTS_TOO_LARGE, "{\"zebra\":" + "1".repeat(2000) + "}"),
        of(ReasonCode.ARGUMENTS_TOO_LARGE, "{\"" + "zebra".repeat(12_000) + "\":1}"));
  }

  private static Arguments of(ReasonCode reason, String text) {
    String shown = text.length() > 40 ? text.substring(0, 40) : text;
    return Arguments.argumentSet(
        shown.replaceAll("[^\\x21-\\x7e]", "?") + " is " + reason, reason, text);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refuses(ReasonCode reason, String text) {
    JsonRefusedException refused =
        catchThrowableOfType(JsonRefusedException.class, () -> json.parseObject(text));
    assertThat(refused.reason()).isEqualTo(reason);
    assertThat(refused).hasNoCause().message().isNotBlank().doesNotContain("zebra");
  }
}
