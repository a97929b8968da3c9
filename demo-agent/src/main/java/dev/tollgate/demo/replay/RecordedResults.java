package dev.tollgate.demo.replay;

import dev.tollgate.json.CanonicalJson;
import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The results of the trace that plays: a body asks for the result of its tool and arguments.
 * Thread-safe.
 */
final class RecordedResults {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private final Map<String, List<String>> left = new ConcurrentHashMap<>();

  RecordedResults(RecordedTrace trace) {
    for (RecordedStep step : trace.steps()) {
      left.computeIfAbsent(key(step.tool(), step.arguments()), k -> new ArrayList<>())
          .add(step.result());
    }
  }

  /**
   * The next recorded result for these arguments; the last one stays when calls before were denied.
   */
  String take(String tool, String arguments) {
    List<String> results = left.get(key(tool, arguments));
    if (results == null) {
      throw new IllegalStateException("no recorded result: the body was given other arguments");
    }
    synchronized (results) {
      return results.size() > 1 ? results.remove(0) : results.get(0);
    }
  }

  private static String key(String tool, String arguments) {
    try {
      return tool + " " + CanonicalJson.text(JSON.parse(arguments));
    } catch (JsonRefusedException e) {
      return tool + " (refused)"; // the gate refuses it as well, so its body never asks
    }
  }
}
