package dev.tollgate.json;

/** One member of an object. */
record JsonMember(String name, JsonValue value) {}
