package dev.tollgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.reason.ReasonCode;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every value of a masked name is gone, or the whole text is refused. */
class JsonMaskTest {
  private final JsonMask mask = new JsonMask(Set.of("iban", "notes"));

  private JsonMask.Masked masked(String text) {
    try {
      return mask.mask(text);
    } catch (JsonRefusedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"iban\":\"DE1\",\"a\":1}|{\"a\":1,\"iban\":\"***\"}|1",
        "{\"b\":[{\"iban\":{\"x\":\"DE1\"}},{\"iban\":[\"DE1\"]}]}"
            + "|{\"b\":[{\"iban\":\"***\"},{\"iban\":\"***\"}]}|2",
        "{\"notes\":null,\"iban\":7}|{\"iban\":\"***\",\"notes\":\"***\"}|2",
        "{\"\\u0069ban\":\"DE1\"}|{\"iban\":\"***\"}|1",
        "[]|[]|0",
        "null|null|0",
        "12.5|12.5|0",
        "{\"IBAN\":\"DE1\"}|{\"IBAN\":\"DE1\"}|0",
        "{\"a\":\"[urgent] lunch?\"}|{\"a\":\"[urgent] lunch?\"}|0",
        "{\"a\":\"see C:\\\\users\\\\u0069\"}|{\"a\":\"see C:\\\\users\\\\u0069\"}|0",
        "{\"a\":\"the iban is known\"}|{\"a\":\"the iban is known\"}|0",
        "{\"a\":\"{\\\"x\\\" : 1}\"}|{\"a\":\"{\\\"x\\\" : 1}\"}|0"
      })
  void masksTheNamesAtAnyDepthAndNothingElse(String text, String expected, long values) {
    assertThat(masked(text)).isEqualTo(new JsonMask.Masked(expected, values));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"t\":\"{\\\"iban\\\":\\\"DE1\\\"}\"}",
        "{\"t\":\"  [{\\\"iban\\\":\\\"DE1\\\"}]\"}",
        "[{\"t\":\"\\\"{\\\\\\\"iban\\\\\\\":\\\\\\\"DE1\\\\\\\"}\\\"\"}]",
        "\"{\\\"iban\\\":\\\"DE1\\\"}\""
      })
  void masksJsonThatIsWrittenIntoStrings(String text) {
    assertThat(masked(text).text()).doesNotContain("DE1").contains("***");
    assertThat(masked(text).values()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "done",
        "\"done\"",
        "{\"iban\":\"DE1\"} and more",
        "{\"iban\":\"DE1\",\"iban\":\"DE1\"}",
        "{\"id\":12345678901234567890}",
        "{\"a\":\"\\ud800\"}",
        "{'iban':'DE1'}",
        "\ufeff{\"iban\":\"DE1\"}",
        "{\"t\":\"{'iban':'DE1'}\"}",
        "{\"t\":\"{\\\"\\\\u0069ban\\\":\\\"DE1\\\",}\"}",
        "{\"t\":\"{\\\"id\\\":12345678901234567890}\"}",
        "{\"t\":\"Here you are: {\\\"iban\\\": \\\"DE1\\\"}\"}",
        "{\"t\":\"```json\\n{ 'iban' : 'DE1' }\"}",
        "\"text: \\\"iban\\\"\"",
        "{\"t\":\"\ufeff{\\\"\\\\u0069ban\\\": \\\"DE1\\\"}\"}",
        "{\"t\":\"Result: {\\\"\\\\u0069b\\\\u0061n\\\": \\\"DE1\\\"}\"}",
        "{\"t\":\"Result: {\\\\u0022iban\\\\u0022: \\\"DE1\\\"}\"}",
        "{\"t\":\"Result: {\\\\\\\"\\\\\\\\u0069ban\\\\\\\": 1}\"}"
      })
  void refusesWhatItCannotReadForCertain(String text) {
    assertThatThrownBy(() -> mask.mask(text))
        .isInstanceOf(JsonRefusedException.class)
        .hasMessageNotContaining("DE1");
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 9})
  void doesNotFollowStringsForEver(int deep) throws JsonRefusedException {
    String text = "{\"iban\":\"DE1\"}";
    for (int i = 0; i < deep; i++) {
      text = CanonicalJson.text(new JsonValue.Text(text));
    }
    String nested = "[" + text + "]";
    if (deep == 8) {
      assertThat(mask.mask(nested).text()).doesNotContain("DE1");
    } else {
      assertThatThrownBy(() -> mask.mask(nested))
          .isInstanceOfSatisfying(
              JsonRefusedException.class,
              e -> assertThat(e.reason()).isEqualTo(ReasonCode.RESULT_UNMASKABLE));
    }
  }
}
