package dev.tollgate.cedar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tollgate.policy.Decision;
import dev.tollgate.reason.ReasonCode;
import dev.tollgate.task.Intent;
import dev.tollgate.tool.Argument;
import dev.tollgate.tool.ArgumentType;
import dev.tollgate.tool.Effect;
import dev.tollgate.tool.ListedTool;
import dev.tollgate.tool.ToolManifest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies read arguments as the reviewed JSON Schema types them. */
class TypedArgumentsTest {
  private static final String PERMIT = "permit(principal, action, resource);\n";
  private static final String ORDER =
      "{\"total\": 12.5, \"customer\": {\"name\": \"Ada\", \"vip\": true,"
          + " \"address\": {\"city\": \"Ulm\", \"geo\": {\"lat\": 48.4}, \"door\": [1]},"
          + " \"notes\": {\"a\": 1}}, \"coupon\": null, \"level\": 2,"
          + " \"items\": [{\"sku\": \"a\", \"count\": 1}, {\"sku\": \"b\", \"count\": 2}], \"tags\": [\"x\"],"
          + " \"unknown\": {\"more\": []}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'type':'string','enum':['a','b']} | String",
        "{'type':'string','format':'date-time'} | String",
        "{'enum':['a','b']} | String",
        "{'enum':['a',null]} | String",
        "{'const':true} | Bool",
        "{'type':'integer'} | Long",
        "{'type':'number'} | decimal",
        "{'type':['integer','number','null']} | decimal",
        "{'anyOf':[{'type':'string'},{'type':'null'}]} | String",
        "{'oneOf':[{'const':'a','title':'A'},{'const':'b'}]} | String",
        "{'allOf':[{'$ref':'#/$defs/P'}],'description':'x'} | {\"a\"?: Long}",
        "{'type':'array','items':{'type':'integer'}} | Set<Long>",
        "{'type':'array','items':{'type':'array','items':{'type':'boolean'}}} | Set<Set<Bool>>",
        "{'type':'array','items':{'$ref':'#/$defs/P'}} | Set<{\"a\"?: Long}>",
        "{'type':'object','properties':{'b':{'type':'string'},'c':{}},'required':['b']} | {\"b\": String}",
        "{'type':'object','properties':{'b':{'type':['string','null']}},'required':['b']} | {\"b\"?: String}",
        "{'type':'object','properties':{'b':{'type':'string'}},'anyOf':[{'required':['b']}]} | {\"b\"?: String}",
        "{'type':'object','additionalProperties':false} | {}",
        "{'type':'string','maximum':9223372036854775807} | String",
      })
  void aSchemaGivesOneType(String schema, String cedar) {
    assertThat(type(schema).text(Wanted.KNOWN)).isEqualTo(cedar);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | it has no type",
        "true | it has no type",
        "{'type':'what'} | it has no type",
        "{'type':['string','integer']} | it has several types",
        "{'type':'null'} | it has several types",
        "{'enum':['a',1]} | it has several types",
        "{'anyOf':[{'type':'string'},{'type':'integer'}]} | it has several types",
        "{'oneOf':[{'$ref':'#/$defs/P'},{'$ref':'#/$defs/P'}]} | it has several types",
        "{'allOf':[{'$ref':'#/$defs/P'},{'type':'object'}]} | it joins several schemas",
        "{'type':'object'} | it may have any members",
        "{'type':'object','additionalProperties':{'type':'string'}} | it may have any members",
        "{'type':'array'} | its items have no type",
        "{'type':'array','items':[{'type':'string'}]} | its items have no type",
        "{'type':'array','items':{'type':['string','null']}} | its items may be null",
        "{'type':'array','items':{'type':'object','properties':{'b':{}}}} | of its items, \"b\" is not readable (it has no type)",
        "{'$ref':'#/$defs/Q'} | of its items, it contains itself",
        "{'$ref':'#/$defs/none'} | its type is not in the schema",
        "{'$ref':'#anchor'} | its type is not in the schema",
        "{'$ref':'https://example.com/x'} | its type is in another document",
      })
  void whatHasNoOneTypeIsNotReadable(String schema, String why) {
    CedarType type = type(schema);
    if (type instanceof CedarType.Fields fields) { // the cycle is one step further in
      type = member(fields, "q");
    }
    assertThat(type).isEqualTo(new CedarType.Opaque(why));
    ListedTool tool = tool("{'type':'object','properties':{'x':" + schema + "}," + DEFS + "}");
    if (!schema.contains("/Q")) {
      assertThatThrownBy(
              () ->
                  load(
                      tool, "permit(principal, action, resource) when {" + "context.args has x };"))
          .hasMessageContaining("cannot read `context.args.x` of Action::\"t\": " + why);
    }
  }

  @Test
  void definitionsThatUseEachOtherTwiceDoNotBlowUp() {
    StringBuilder defs = new StringBuilder("'$defs':{'d0':{'type':'string'}");
    for (int i = 1; i <= 40; i++) {
      String below = "{'$ref':'#/$defs/d" + (i - 1) + "'}";
      defs.append(",'d" + i + "':{'type':'object','properties':{'a':" + below + ",'b':" + below);
      defs.append("}}");
    }
    String schema =
        "{'type':'object','properties':{'x':{'$ref':'#/$defs/d40'}}," + defs.append("}}");
    assertThat(InputSchema.read(schema.replace('\'', '"'), "t"))
        .isInstanceOf(CedarType.Fields.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "context.args.total == decimal(\"12.5\")",
        "context.args.customer.name == \"Ada\"",
        "context.args.customer.address.city == \"Ulm\"",
        "context.args.customer has vip && context.args.customer.vip",
        "context.args has customer.address.geo.lat"
            + " && context.args.customer.address.geo.lat.greaterThan(decimal(\"48.0\"))",
        "!(context.args has coupon) && !(context.args has spot)",
        "context.args has items && context.args.items.contains({\"sku\": \"a\", \"count\": 1})"
            + " && context.args.items.contains({\"sku\": \"b\", \"count\": 2})",
        "context.args has tags && context.args.tags == [\"x\"]",
        "context.args has level && [1, 2].contains(context.args.level)",
      })
  void policiesReadNestedArguments(String condition) {
    String policy =
        "permit(principal, action == Action::\"order_place\", resource) when {" + condition + "};";
    assertThat(decide(policy, ORDER).outcome()).isEqualTo("permit");
    assertThat(decide(PERMIT + policy.replaceFirst("permit", "forbid"), ORDER).outcome())
        .isEqualTo("deny");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'customer':{'name':'Ada','address':{'city':7}}}",
        "{'customer':{'name':'Ada','address':{}}}",
        "{'customer':{'name':'Ada','address':{'city':null}}}",
        "{'customer':{'name':'Ada','address':'Ulm'}}",
        "{'customer':{'name':'Ada'}}",
        "{'customer':null}",
        "{'customer':[]}",
        "{}",
      })
  void aReadPathThatDoesNotFitItsTypeDenies(String arguments) {
    String policy =
        PERMIT
            + "forbid(principal, action == Action::\"order_place\", resource)"
            + " when { context.args.customer.address.city == \"Ulm\" };";
    assertThat(Office.denied(decide(policy, arguments.replace('\'', '"'))))
        .isEqualTo(ReasonCode.ARGUMENT_TYPE_MISMATCH);
    assertThat(decide(PERMIT, arguments.replace('\'', '"')).outcome()).isEqualTo("permit");
  }

  @Test
  void whatNobodyReadsNeedNotFit() {
    String policy =
        PERMIT
            + "forbid(principal, action == Action::\"order_place\", resource)"
            + " when { context.args.customer.address.city == \"Bonn\" };";
    String arguments =
        "{\"total\":\"x\",\"tags\":1,\"customer\":{\"name\":{},\"address\":{\"city\":\"Ulm\","
            + "\"geo\":[]}}}";
    assertThat(decide(policy, arguments).outcome()).isEqualTo("permit");
  }

  @Test
  void aMemberThatNoSchemaSpeaksOfCannotHideFromAComparisonOfTheWhole() {
    String policy =
        "permit(principal, action == Action::\"order_place\", resource) when {"
            + " context.args has spot && context.args.spot == {\"x\": 1, \"y\": 2} };";
    assertThat(decide(policy, "{\"spot\":{\"x\":1,\"y\":2}}").outcome()).isEqualTo("permit");
    assertThat(Office.denied(decide(policy, "{\"spot\":{\"x\":1,\"y\":2,\"z\":3}}")))
        .isEqualTo(ReasonCode.ARGUMENT_TYPE_MISMATCH);
    String items =
        "permit(principal, action == Action::\"order_place\", resource) when {"
            + " context.args has items && context.args.items == [{\"sku\": \"a\", \"count\": 1}] };";
    assertThat(
            decide(items, "{\"items\":[{\"sku\":\"a\",\"count\":1},{\"sku\":\"a\",\"count\":1}]}")
                .outcome())
        .isEqualTo("permit");
    assertThat(
            Office.denied(decide(items, "{\"items\":[{\"sku\":\"a\",\"count\":1,\"price\":1}]}")))
        .isEqualTo(ReasonCode.ARGUMENT_TYPE_MISMATCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "context.args.customer.adress.city == \"x\" | `context.args.customer` has no attribute `adress`; did you mean `address`?",
        "context.args.customer.address.town == \"x\" | `context.args.customer.address` has no attribute `town`; known are city, floor, geo",
        "context.args.costumer.name == \"x\" | has the argument `costumer`; did you mean `customer`?",
        "context.args.customer has notes | cannot read `context.args.customer.notes` of Action::\"order_place\": it may have any members",
        "context.args.customer.notes has a | cannot read `context.args.customer.notes` of Action::\"order_place\": it may have any members",
        "context.args.customer == {\"name\": \"x\"} | cannot read `context.args.customer` of Action::\"order_place\": \"notes\" is not readable (it may have any members)",
        "context.args == {\"total\": 1} | `context.args` is used as a whole",
        "context.args.customer.name > 5 | expected",
        "context.args.customer.vip | context.args.customer has vip",
      })
  void namesWhatWasMeant(String condition, String message) {
    String policy =
        "permit(principal, action == Action::\"order_place\", resource) when {" + condition + "};";
    assertThatThrownBy(() -> pdp(Shop.MANIFEST, policy))
        .isInstanceOf(CedarPolicyException.class)
        .hasMessageStartingWith("test.cedar:1: policy \"test.cedar#1\": ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "STRING | {'type':'integer'} | says that the argument `x` is of type string, and its reviewed schema says Long",
        "INTEGER | {'type':'number'} | of type integer, and its reviewed schema says decimal",
        "STRINGS | {'type':'array','items':{'type':'integer'}} | says Set<Long>",
        "STRING | {'type':'object','properties':{'a':{'type':'string'}}} | says {\"a\"?: String}",
      })
  void aManifestThatContradictsTheReviewedSchemaDoesNotLoad(
      ArgumentType type, String schema, String message) {
    assertThatThrownBy(() -> load(declared("x", type, schema), PERMIT))
        .hasMessageContaining("tool 't': ")
        .hasMessageContaining(message);
  }

  @Test
  void anArgumentThatTheReviewedSchemaDoesNotHaveDoesNotLoad() {
    assertThatThrownBy(() -> load(declared("y", ArgumentType.STRING, "{'type':'string'}"), PERMIT))
        .hasMessageContaining("declares the argument `y`, and its reviewed schema has none");
    assertThatThrownBy(() -> load(tool("{'type':"), PERMIT)).hasMessageContaining("is not JSON");
    assertThatThrownBy(() -> load(tool("{'type':'object','type':'array'}"), PERMIT))
        .hasMessageContaining("is not JSON");
  }

  @Test
  void aManifestMayNarrowWhatHasNoOneTypeAndWidenWholeNumbers() {
    String several = "{'type':['string','integer']}";
    load(
        declared("x", ArgumentType.STRING, several),
        "permit(principal, action, resource) when {"
            + " context.args has x && context.args.x == \"a\" };");
    load(
        declared("x", ArgumentType.DECIMAL, "{'type':'integer'}"),
        "permit(principal, action, resource) when {"
            + " context.args has x && context.args.x == decimal(\"1.0\") };");
  }

  private static final String DEFS =
      "'$defs':{'P':{'type':'object','properties':{'a':{'type':'integer'}}},"
          + "'Q':{'type':'object','properties':{'q':{'type':'array','items':{'$ref':'#/$defs/Q'}}}}}";

  private static CedarType type(String schema) {
    String text = "{'type':'object','properties':{'x':" + schema + "}," + DEFS + "}";
    CedarType all = InputSchema.read(text.replace('\'', '"'), "t");
    return member((CedarType.Fields) all, "x");
  }

  private static CedarType member(CedarType.Fields fields, String name) {
    return Objects.requireNonNull(fields.fields().get(name), name).type();
  }

  private static ListedTool tool(String schema) {
    return Shop.listed("t", "s", Effect.READ, schema.replace('\'', '"'), Map.of());
  }

  private static ListedTool declared(String name, ArgumentType type, String schema) {
    String text = "{'type':'object','properties':{'x':" + schema + "}}";
    return Shop.listed(
        "t", "s", Effect.READ, text.replace('\'', '"'), Map.of(name, new Argument(type, false)));
  }

  private static void load(ListedTool tool, String policies) {
    pdp(new ToolManifest(List.of(tool)), policies);
  }

  private static CedarPolicyDecisionPoint pdp(ToolManifest manifest, String policies) {
    return CedarPolicyDecisionPoint.load(CedarPolicySet.of("test.cedar", policies), manifest);
  }

  private static Decision decide(String policies, String arguments) {
    return Office.decide(
        pdp(Shop.MANIFEST, policies),
        Office.call(Office.task(Intent.Source.HUMAN), Shop.tool(Shop.PLACE), arguments));
  }
}
