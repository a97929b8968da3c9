package dev.tollgate.springai;

import java.net.URI;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Which options turn no tool on at a provider. Closed by default: of a name that stands in no list
 * here, numbers and short plain texts pass, and what could switch something on or describe it does
 * not.
 */
final class PlainOptions {
  static final String MODEL = "model";

  // Of all providers, and of raw requests; compared without case and punctuation.
  private static final Set<String> KNOWN =
      Set.of(
          """
          frequencypenalty maxtokens presencepenalty stopsequences temperature topk topp
          toolcallbacks toolnames toolcontext internaltoolexecutionenabled outputschema

          topa minp mintokens typicalp tfsz repetitionpenalty repeatpenalty repeatlastn
          penalizenewline mirostat mirostattau mirostateta seed randomseed n bestof stop
          stoptokenids ignoreeos logitbias logprobs toplogprobs responselogprobs promptlogprobs
          earlystopping lengthpenalty usebeamsearch dosample maxcompletiontokens maxoutputtokens
          candidatecount numpredict badwords skipspecialtokens spacesbetweenspecialtokens
          includestopstrinoutput

          thinking thinkingbudget thinkingconfig thinkinglevel thinkoption think includethoughts
          enablethinking reasoning reasoningeffort reasoningformat includereasoning verbosity
          outputconfig

          responseformat responsemimetype responseschema outputformat format outputmodalities
          modalities outputaudio audio guidedjson guidedregex guidedchoice guidedgrammar
          guideddecodingbackend structuredoutputs jsonschema grammar strict prediction

          toolchoice paralleltoolcalls disableparalleltooluse maxtoolcalls functions functioncall

          stream streamoptions streamusage enablestreamusage incrementaloutput timeout maxretries baseurl apikey
          credential proxy organizationid deploymentname microsoftdeploymentname microsoftfoundry
          ismicrosoftfoundry githubmodels isgithubmodels microsoftfoundryserviceversion useragent

          usenuma numctx numbatch numgpu maingpu lowvram f16kv logitsall vocabonly usemmap usemlock
          numthread numkeep keepalive truncate options

          user userid safetyidentifier metadata labels tags store servicetier inferencegeo requestid
          sessionid cacheoptions cachecontrol promptcachekey promptcacheretention cachedcontentname
          autocachethreshold autocachettl includeextendedusagemetadata usage provider

          safeprompt safetysettings masksensitiveinfo

          citationdocuments documents messages role preambleoverride servingmode compartment
          chattemplate chattemplatekwargs addgenerationprompt continuefinalmessage echo
          vlhighresolutionimages
          """
              .strip()
              .split("\\s+"));

  private static final List<String> WORDS =
      List.of(
          "search",
          "retriev",
          "grounding",
          "browse",
          "crawl",
          "webfetch",
          "codeexec",
          "codeinterp",
          "computeruse",
          "mcp",
          "connector",
          "plugin",
          "skill",
          "serverside");

  // In names also what is kept at the provider, where it may hold tools.
  private static final List<String> STORED =
      List.of(
          "tool",
          "builtin",
          "knowledge",
          "datasource",
          "preset",
          "assistant",
          "agent",
          "workflow",
          "cachedcontent");

  private static final List<String> PASSED_ON =
      List.of("extra", "additional", "parameters", "body", "raw");

  // Models that search by themselves, by the names that their providers give them.
  private static final Pattern SEARCHING =
      Pattern.compile(
          "-search-(preview|api)\\b|:online$|deep-research|(^|/)(sonar|compound)([-/]|$)");

  private PlainOptions() {}

  /** Whether an option of this name turns nothing on, whatever its value is. */
  static boolean known(String name) {
    return KNOWN.contains(normal(name));
  }

  static String normal(String name) {
    StringBuilder normal = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      if (Character.isLetterOrDigit(name.charAt(i))) {
        normal.append(name.charAt(i));
      }
    }
    return normal.toString().toLowerCase(Locale.ROOT);
  }

  static boolean headers(String name) {
    return normal(name).endsWith("headers");
  }

  /** Whether the entries of a map of this name go into the request as they are. */
  static boolean passedOn(String name) {
    return !names(name, STORED) && !mentions(name) && names(name, PASSED_ON);
  }

  /** Whether a value of an option that is in no list turns nothing on. */
  static boolean harmless(String name, Object value) {
    if (normal(name).equals(MODEL)) {
      return !searching(value.toString());
    }
    return !names(name, STORED) && !mentions(name) && small(value);
  }

  private static boolean small(Object value) {
    if (value instanceof Collection<?> many) {
      return many.stream().allMatch(one -> one != null && single(one));
    }
    if (value instanceof Object[] many) {
      return Arrays.stream(many).allMatch(one -> one != null && single(one));
    }
    return value.getClass().isArray() || single(value);
  }

  private static boolean single(Object value) {
    if (value instanceof CharSequence || value instanceof Enum<?>) {
      return plain(value.toString().strip());
    }
    return value instanceof Number
        || value instanceof Character
        || value instanceof TemporalAmount
        || value instanceof UUID
        || value instanceof URI;
  }

  /** A request in raw JSON is none, nor is a switch that is written as text. */
  private static boolean plain(String text) {
    return !text.startsWith("{")
        && !text.startsWith("[")
        && !text.equalsIgnoreCase("true")
        && !mentions(text)
        && !searching(text);
  }

  /** Whether a name or text speaks of what providers run. */
  static boolean mentions(String text) {
    return names(text, WORDS);
  }

  private static boolean names(String text, List<String> words) {
    String normal = normal(text);
    return words.stream().anyMatch(normal::contains);
  }

  private static boolean searching(String model) {
    return SEARCHING.matcher(model.toLowerCase(Locale.ROOT)).find();
  }
}
