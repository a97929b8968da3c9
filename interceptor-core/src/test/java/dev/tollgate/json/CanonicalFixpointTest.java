package dev.tollgate.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What was made canonical is read back as the same tree, and written the same. */
class CanonicalFixpointTest {
  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);

  @Test
  void theCanonicalFormIsAFixpoint() throws Exception {
    Random random = new Random(42);
    int objects = 0;
    for (int i = 0; i < 2000; i++) {
      String written = value(random, 0);
      JsonValue once = json.parse(written);
      String canonical = CanonicalJson.text(once);
      assertThat(json.parse(canonical)).isEqualTo(once);
      assertThat(CanonicalJson.text(json.parse(canonical))).isEqualTo(canonical);
      objects += once instanceof JsonValue.Members ? 1 : 0;
    }
    assertThat(objects).isGreaterThan(100);
  }

  private static String value(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 4 : 7)) {
      case 0 -> text(random);
      case 1 -> Integer.toString(random.nextInt());
      case 2 ->
          CanonicalNumber.format(random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
      case 3 -> random.nextBoolean() ? "null" : "true";
      case 4 -> "[" + value(random, depth + 1) + " ,\n" + value(random, depth + 1) + "]";
      default -> {
        StringBuilder out = new StringBuilder("{ ");
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
          String name = text(random).replaceFirst("^\"", "\"" + i);
          out.append(i > 0 ? "," : "").append(name).append(" : ").append(value(random, depth + 1));
        }
        yield out.append("}").toString();
      }
    };
  }

  private static String text(Random random) {
    StringBuilder out = new StringBuilder("\"");
    int length = random.nextInt(6);
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(4) == 0 ? random.nextInt(0x20) : random.nextInt(0x11_0000);
      if (point >= 0xd800 && point < 0xe000) {
        continue;
      }
      for (char unit : Character.toChars(point)) {
        out.append(String.format("\\u%04x", (int) unit));
      }
    }
    return out.append('"').toString();
  }
}
