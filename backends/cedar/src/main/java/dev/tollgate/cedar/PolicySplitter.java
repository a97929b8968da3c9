package dev.tollgate.cedar;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file into its policies. Cedar's own parser returns them without their place in the file,
 * so no message could name a line. A wrong cut cannot pass: each piece must parse alone, and {@link
 * PolicyReader} compares the number of pieces with what Cedar finds in the whole.
 */
final class PolicySplitter {
  /** One policy, from its first token to its semicolon. */
  record Piece(int offset, String text) {}

  private final String text;
  private final List<Piece> pieces = new ArrayList<>();
  private int start = -1;

  private PolicySplitter(String text) {
    this.text = text;
  }

  static List<Piece> split(String text) {
    PolicySplitter splitter = new PolicySplitter(text);
    splitter.run();
    return splitter.pieces;
  }

  private void run() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (text.startsWith("//", at)) {
        at = endOfLine(at);
        continue;
      }
      if (start < 0 && !Character.isWhitespace(c)) {
        start = at;
      }
      if (c == '"') {
        at = endOfString(at);
        continue;
      }
      at++;
      if (c == ';') {
        cut(at);
      }
    }
    if (start >= 0) {
      cut(text.length()); // something without a semicolon: Cedar will say what is missing
    }
  }

  private void cut(int end) {
    pieces.add(new Piece(start, text.substring(start, end)));
    start = -1;
  }

  private int endOfLine(int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
      end++;
    }
    return end;
  }

  private int endOfString(int at) {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    return Math.min(end + 1, text.length());
  }
}
