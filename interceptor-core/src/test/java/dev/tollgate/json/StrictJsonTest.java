package dev.tollgate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.reason.ReasonCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted, and its canonical form. */
class StrictJsonTest {
  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|{}",
        " { } |{}",
        "{\"n\":0.1}|{\"n\":0.1}",
        "{\"n\":-0}|{\"n\":0}",
        "{\"n\":-0.0}|{\"n\":0}",
        "{\"n\":0e99999999999}|{\"n\":0}",
        "{\"n\":1e21}|{\"n\":1e+21}",
        "{\"n\":1E2}|{\"n\":100}",
        "{\"n\":1.50}|{\"n\":1.5}",
        "{\"n\":9007199254740992}|{\"n\":9007199254740992}",
        "{\"n\":100000000000000000000000}|{\"n\":1e+23}",
        "{\"b\":[true,false,null],\"a\":{}}|{\"a\":{},\"b\":[true,false,null]}",
      })
  void accepts(String text, String canonical) throws Exception {
    assertThat(CanonicalJson.text(json.parse(text))).isEqualTo(canonical);
  }

  @Test
  void takesExactlySixtyFourLevels() throws Exception {
    String text = "[".repeat(64) + "]".repeat(64);
    assertThat(CanonicalJson.text(json.parse(text))).isEqualTo(text);
  }

  @Test
  void takesExactlyTheLargestText() throws Exception {
    String text = "\"" + "x".repeat(JsonLimits.DEFAULT.maxBytes() - 2) + "\"";
    assertThat(json.parse(text)).isInstanceOf(JsonValue.Text.class);
  }

  /** RFC 8785 §3.2.3: by UTF-16 code units, so that an emoji stands before U+FB33. */
  @Test
  void sortsByCodeUnits() throws Exception {
    String text =
        "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,"
            + "\"\\u00f6\":7}";
    assertThat(CanonicalJson.text(json.parse(text)))
        .isEqualTo(
            "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,"
                + "\"\ufb33\":3}");
  }

  /** RFC 8785 §3.2.2.2: the short escapes, lower-case hex, and nothing else. */
  @Test
  void escapesWhatMustBe() throws Exception {
    String text = "\"\\u0000\\u0008\\u0009\\u000a\\u000c\\u000d\\u001F\\\"\\\\\\/\\u007f\\u2028\"";
    assertThat(CanonicalJson.text(json.parse(text)))
        .isEqualTo("\"\\u0000\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\u007f\u2028\"");
  }

  @Test
  void bytesAreUtf8() throws Exception {
    assertThat(CanonicalJson.bytes(json.parse("\"\u20ac\ud83d\ude00\"")))
        .isEqualTo("\"\u20ac\ud83d\ude00\"".getBytes(StandardCharsets.UTF_8));
  }

  /** Few members and many are sorted in different ways. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 9, 31, 32, 33, 64, 500})
  void sortsAndFindsAnyNumberOfMembers(int count) throws Exception {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("n" + i);
    }
    Collections.shuffle(names, new Random(count));
    JsonValue.Members members = json.parseObject(object(names));
    Collections.sort(names);
    assertThat(members.size()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      JsonValue value = new JsonValue.Text(names.get(i) + "!");
      assertThat(members.name(i)).isEqualTo(names.get(i));
      assertThat(members.value(i)).isEqualTo(value).isEqualTo(members.get(names.get(i)));
    }
    assertThat(members.get("n")).isNull();
    assertThat(CanonicalJson.text(members)).isEqualTo(object(names));
    assertThat(members)
        .isEqualTo(json.parse(object(names)))
        .hasSameHashCodeAs(json.parse(object(names)));
    names.add(names.get(new Random(count).nextInt(count)));
    assertThatThrownBy(() -> json.parse(object(names)))
        .isInstanceOfSatisfying(
            JsonRefusedException.class,
            e -> assertThat(e.reason()).isEqualTo(ReasonCode.ARGUMENTS_DUPLICATE_KEY));
  }

  private static String object(List<String> names) {
    return names.stream()
        .map(name -> "\"" + name + "\":\"" + name + "!\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** They are not read by the JDK: it makes several objects of each. */
  @Test
  void aShortDecimalIsTheNearestDouble() throws Exception {
    Random random = new Random(15);
    for (int i = 0; i < 100_000; i++) {
      int after = 1 + random.nextInt(14);
      long digits = random.nextLong(1_000_000_000_000_000L);
      String written = new BigDecimal(BigInteger.valueOf(digits), after).toPlainString();
      String text = (random.nextBoolean() ? "-" : "") + written;
      assertThat(json.parse(text)).isEqualTo(new JsonValue.Num(Double.parseDouble(text)));
    }
  }

  @Test
  void findsMembersByName() throws Exception {
    JsonValue.Members members = json.parseObject("{\"b\":1,\"a\":\"x\"}");
    assertThat(members.get("a")).isEqualTo(new JsonValue.Text("x"));
    assertThat(members.get("c")).isNull();
    assertThat(members.size()).isEqualTo(2);
  }

  @Test
  void equalTreesHaveEqualForms() throws Exception {
    JsonValue minus = json.parse("{\"n\":-0.0}");
    assertThat(minus).isEqualTo(json.parse("{\"n\":0}")).hasSameHashCodeAs(json.parse("{\"n\":0}"));
    assertThat(minus).isNotEqualTo(json.parse("{\"n\":1}"));
  }

  @Test
  void aNumberIsFinite() {
    assertThatIllegalArgumentException().isThrownBy(() -> new JsonValue.Num(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JsonValue.Num(Double.NEGATIVE_INFINITY));
  }
}
