package dev.tollgate.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tollgate.json.JsonLimits;
import dev.tollgate.json.JsonRefusedException;
import dev.tollgate.json.JsonValue;
import dev.tollgate.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentSchemaTest {
  private static final String PAY =
      """
      {"type": "object", "required": ["iban", "amount"], "$defs": {
         "Note": {"type": "object", "required": ["text"], "properties": {
            "text": {"type": "string"}, "next": {"$ref": "#/$defs/Note"}}}},
       "properties": {
         "iban": {"type": "string"}, "amount": {"type": "number"}, "days": {"type": "integer"},
         "urgent": {"type": "boolean"}, "currency": {"type": "string", "enum": ["EUR", "USD"]},
         "labels": {"type": "array", "items": {"type": "string"}},
         "either": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
         "note": {"$ref": "#/$defs/Note"}, "odd": {"type": "string", "pattern": "[a-z]"}}}
      """;

  private static String misfit(String schema, String arguments) throws JsonRefusedException {
    JsonValue.Members tree =
        new StrictJson(new JsonLimits(1_000_000, 200)).parseObject(arguments.replace('\'', '"'));
    String misfit =
        ArgumentSchema.of(new ToolDefinition("t", "", schema.replace('\'', '"'), "s")).misfit(tree);
    return misfit == null ? "fits" : misfit;
  }

  /** What LangChain4j and Spring AI both take, they get. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'iban':'x','amount':1}",
        "{'iban':'x','amount':' 1.50 '}",
        "{'iban':7,'amount':1e3}",
        "{'iban':true,'amount':1,'days':'5','currency':'EUR'}",
        "{'iban':'x','amount':1,'days':5.0,'urgent':null,'labels':null,'note':null}",
        "{'iban':'x','amount':1,'labels':['a',null,1],'either':null,'unheard':{}}",
        "{'iban':'x','amount':1,'either':3,'note':{'text':'a','next':{'text':'b'}}}",
        "{'iban':'x','amount':1,'odd':'NOT IN THE PATTERN'}"
      })
  void whatFrameworksTakeFits(String arguments) throws JsonRefusedException {
    assertThat(misfit(PAY, arguments)).isEqualTo("fits");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                              | amount: missing
          {'amount':1}                                    | iban: missing
          {'iban':null,'amount':1}                        | iban: missing
          {'iban':{'a':1},'amount':1}                     | iban: not [string]
          {'iban':['x'],'amount':1}                       | iban: not [string]
          {'iban':'x','amount':'much'}                    | amount: not [number]
          {'iban':'x','amount':'NaN'}                     | amount: not [number]
          {'iban':'x','amount':true}                      | amount: not [number]
          {'iban':'x','amount':1,'days':1.5}              | days: not [integer]
          {'iban':'x','amount':1,'days':'1e999999999'}    | days: not [integer]
          {'iban':'x','amount':1,'days':'1e-999999999'}   | days: not [integer]
          {'iban':'x','amount':1,'urgent':'true'}         | urgent: not [boolean]
          {'iban':'x','amount':1,'currency':'DOGE'}       | currency: not one of its values
          {'iban':'x','amount':1,'currency':'eur'}        | currency: not one of its values
          {'iban':'x','amount':1,'labels':'a'}            | labels: not [array]
          {'iban':'x','amount':1,'labels':[{}]}           | labels: an item: not [string]
          {'iban':'x','amount':1,'either':'x'}            | either: fits none of its alternatives
          {'iban':'x','amount':1,'note':'{}'}             | note: not [object]
          {'iban':'x','amount':1,'note':{'next':{}}}      | note: next: text: missing
          """)
  void whatDoesNotFitIsToldInWordsOfTheSchema(String arguments, String misfit)
      throws JsonRefusedException {
    assertThat(misfit(PAY, arguments)).isEqualTo(misfit);
  }

  @Test
  void membersThatTheSchemaForbidDoNotFit() throws JsonRefusedException {
    String closed = "{'type':'object','properties':{'a':{}},'additionalProperties':false}";
    assertThat(misfit(closed, "{'a':[]}")).isEqualTo("fits");
    assertThat(misfit(closed, "{'bcc':'x'}")).isEqualTo("has a member that is not in the schema");
    assertThat(
            misfit(
                closed.replace("'additionalP", "'patternProperties':{},'additionalP"), "{'b':1}"))
        .isEqualTo("fits");
    assertThat(misfit("{'required':['a']}", "{'b':1}")).isEqualTo("a: missing");
    assertThat(misfit("{'properties':{'a':{'const':1}}}", "{'a':2}"))
        .isEqualTo("a: not one of its values");
  }

  /** A schema that nobody can read says nothing; the tool itself is still to be locked. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "true",
        "{'type':'thing'}",
        "{'type':['thing','null']}",
        "{'a':1,'a':2}",
        "{'properties':{'a':{'type':7}}}",
        "{'properties':{'a':{'enum':[{}]}}}",
        "{'properties':{'a':{'$ref':'https://x.example/s'}}}",
        "{'allOf':[{'type':'null'}]}"
      })
  void whatIsNoSchemaTakesEverything(String schema) throws JsonRefusedException {
    assertThat(misfit(schema, "{'a':{'b':[1]}}")).isEqualTo("fits");
  }

  /** Else a server and a model together could keep a thread busy for years. */
  @Test
  void anEndlessSchemaEnds() throws JsonRefusedException {
    assertThat(misfit("{'$defs':{'A':{'$ref':'#/$defs/A'}},'$ref':'#/$defs/A'}", "{}"))
        .isEqualTo("too complex to check");
    String twice =
        "{'$defs':{'N':{'anyOf':[{'type':'object','properties':{'n':{'$ref':'#/$defs/N'}},'required':['n']},"
            + "{'properties':{'n':{'$ref':'#/$defs/N'}},'required':['n'],'type':'object'}]}},"
            + "'properties':{'n':{'$ref':'#/$defs/N'}}}";
    String deep = "{'n':".repeat(60) + "1" + "}".repeat(60);
    assertThat(misfit(twice, deep)).startsWith("n: ");
  }

  @Test
  void equalTextsAreEqualSchemas() {
    ToolDefinition one = new ToolDefinition("a", "", "{}", "s");
    assertThat(ArgumentSchema.of(one))
        .isEqualTo(ArgumentSchema.of(new ToolDefinition("b", "", "{}", "s")))
        .hasSameHashCodeAs(ArgumentSchema.of(one))
        .isNotEqualTo(ArgumentSchema.ANY);
    assertThat(ArgumentSchema.of(one).toString()).doesNotContain("{}");
  }
}
