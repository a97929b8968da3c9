package dev.tollgate.cedar;

import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.PrimBool;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import dev.tollgate.policy.AttributeCatalogue;
import dev.tollgate.policy.AttributeType;
import dev.tollgate.policy.PolicyAttribute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the context of a call: only what the policies of its slice read. */
final class CallContext {
  private CallContext() {}

  static Map<String, Value> of(Question question, ToolAction action, ContextReads reads)
      throws ArgumentValues.MismatchException {
    Map<String, Value> context = new HashMap<>();
    for (Map.Entry<String, List<PolicyAttribute>> record :
        AttributeCatalogue.BY_RECORD.entrySet()) {
      if (reads.readsAnyOf(record.getKey())) {
        add(question, record.getKey(), record.getValue(), reads, context);
      }
    }
    if (reads.readsAnyOf(AttributeCatalogue.ARGUMENTS)) {
      context.put(
          AttributeCatalogue.ARGUMENTS,
          ArgumentValues.members(
              action.arguments().fields(), question::argument, reads.arguments()));
    }
    if (reads.readsAnyOf(AttributeCatalogue.PROVENANCE)) {
      context.put(AttributeCatalogue.PROVENANCE, provenance(question, action, reads));
    }
    return context;
  }

  private static void add(
      Question question,
      String record,
      List<PolicyAttribute> members,
      ContextReads reads,
      Map<String, Value> context) {
    CedarMap values = new CedarMap();
    for (PolicyAttribute one : members) {
      Object value =
          reads.reads(record, one.member()) || one.member().isEmpty()
              ? question.attribute(one)
              : null;
      if (value != null && one.member().isEmpty()) {
        context.put(record, value(one.type(), value));
        return;
      }
      if (value != null) {
        values.put(one.member(), value(one.type(), value));
      }
    }
    if (!values.isEmpty() || AttributeCatalogue.always(record) || there(question, members, reads)) {
      context.put(record, values);
    }
  }

  /** A record is there if any member is, also one that no policy reads and that is not sent. */
  private static boolean there(
      Question question, List<PolicyAttribute> members, ContextReads reads) {
    for (PolicyAttribute one : members) {
      if (!reads.reads(one.record(), one.member()) && question.attribute(one) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * A value that is not of its type fails the call: a wrong reader must not pass for absence. Of an
   * address Cedar finds that out: the schema says what the text is.
   */
  private static Value value(AttributeType type, Object value) {
    return switch (type) {
      case TEXT, ADDRESS -> new PrimString((String) value);
      case WHOLE -> new PrimLong((Long) value);
      case YES_NO -> new PrimBool((Boolean) value);
      case TEXTS -> {
        List<Value> items = new ArrayList<>();
        for (Object item : (Set<?>) value) {
          items.add(new PrimString((String) item));
        }
        yield new CedarList(items);
      }
    };
  }

  private static CedarMap provenance(Question question, ToolAction action, ContextReads reads) {
    CedarMap values = new CedarMap();
    for (String argument : action.steering()) {
      String from =
          reads.reads(AttributeCatalogue.PROVENANCE, argument)
              ? question.provenance(argument)
              : null;
      if (from != null) {
        values.put(argument, new PrimString(from));
      }
    }
    return values;
  }
}
