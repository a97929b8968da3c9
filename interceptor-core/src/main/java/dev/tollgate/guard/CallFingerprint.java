package dev.tollgate.guard;

import dev.tollgate.Arguments;
import dev.tollgate.ToolCall;
import dev.tollgate.json.JsonValue;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.Tool;

/**
 * What makes two calls the same to the {@link LoopWatch}, in 64 bits: the tool with its definition,
 * the steering arguments but for white space, and of the others what is left when numbers, times
 * and nonces count as one. Reads each character a bounded number of times.
 *
 * <p>A mixing hash without a key, since it is fast and needs no memory: whoever finds two calls
 * with one fingerprint is only called a loop earlier.
 */
final class CallFingerprint {
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  // Beyond every character, so that no text can write one.
  private static final int OBJECT = 0x1_0000;
  private static final int ARRAY = 0x1_0001;
  private static final int END = 0x1_0002;
  private static final int NAME = 0x1_0003;
  private static final int TEXT = 0x1_0004;
  private static final int NUMBER = 0x1_0005;
  private static final int TRUE = 0x1_0006;
  private static final int FALSE = 0x1_0007;
  private static final int NULL = 0x1_0008;
  private static final int STEERING = 0x1_0009;
  private static final int VARIES = 0x1_000A;

  private long hash = MULTIPLIER;

  private CallFingerprint() {}

  static long of(ToolCall call) {
    CallFingerprint print = new CallFingerprint();
    Tool tool = call.tool();
    print.text(tool.source(), true);
    print.text(tool.name(), true);
    print.text(tool.definitionDigest(), true);
    if (call.arguments() instanceof Arguments.Parsed parsed) {
      JsonValue.Members tree = parsed.tree();
      for (int i = 0; i < tree.size(); i++) {
        print.argument(tool, tree.name(i), tree.value(i));
      }
    } else {
      print.text(call.arguments().digest(), true);
    }
    return print.hash ^ print.hash >>> 29;
  }

  private void argument(Tool tool, String name, JsonValue value) {
    Argument known = tool.arguments().get(name);
    boolean exact = known != null && known.steering();
    add(exact ? STEERING : NAME);
    text(name, exact);
    value(value, exact);
  }

  private void value(JsonValue value, boolean exact) {
    if (value instanceof JsonValue.Text text) {
      text(text.value(), exact);
    } else if (value instanceof JsonValue.Num number) {
      add(NUMBER);
      add(exact ? Double.doubleToLongBits(number.value()) : VARIES);
    } else if (value instanceof JsonValue.Bool bool) {
      add(bool.value() ? TRUE : FALSE);
    } else if (value instanceof JsonValue.Members members) {
      add(OBJECT);
      for (int i = 0; i < members.size(); i++) {
        add(NAME);
        text(members.name(i), exact);
        value(members.value(i), exact);
      }
      add(END);
    } else if (value instanceof JsonValue.Array array) {
      add(ARRAY);
      for (JsonValue item : array.items()) {
        value(item, exact);
      }
      add(END);
    } else {
      add(NULL);
    }
  }

  private void text(String text, boolean exact) {
    add(TEXT);
    boolean begun = false;
    boolean space = false;
    for (int i = 0; i < text.length(); ) {
      char c = text.charAt(i);
      if (Jitter.space(c)) {
        space = begun; // none before the first word, and none after the last
        i++;
        continue;
      }
      if (space) {
        add(' ');
        space = false;
      }
      begun = true;
      int end = exact ? i : Jitter.end(text, i);
      if (end > i) {
        add(VARIES);
        i = end;
      } else {
        add(c);
        i++;
      }
    }
    add(END);
  }

  private void add(long token) {
    hash = (hash ^ token) * MULTIPLIER;
    hash ^= hash >>> 32;
  }
}
