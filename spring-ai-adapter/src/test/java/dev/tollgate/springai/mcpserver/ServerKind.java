package dev.tollgate.springai.mcpserver;

/** The servers that Spring AI's starter makes. */
public enum ServerKind {
  SSE("SSE", "SYNC"),
  STREAMABLE("STREAMABLE", "SYNC"),
  STATELESS("STATELESS", "SYNC"),
  SSE_ASYNC("SSE", "ASYNC"),
  STREAMABLE_ASYNC("STREAMABLE", "ASYNC"),
  STATELESS_ASYNC("STATELESS", "ASYNC");

  final String protocol;
  final String type;

  ServerKind(String protocol, String type) {
    this.protocol = protocol;
    this.type = type;
  }

  public boolean async() {
    return type.equals("ASYNC");
  }

  public boolean stateless() {
    return protocol.equals("STATELESS");
  }
}
