package orders.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import orders.http.contract.ApiDocument;
import orders.http.contract.ApiDocument.Operation;
import orders.http.contract.Contract;
import orders.http.contract.Exchange;
import orders.http.wire.Problem;
import orders.http.wire.ProblemType;
import org.junit.jupiter.api.Test;

/// That the API's document holds together.
final class ApiDocumentTest {
  private static final String ID = "01939c3e-7cd5-7712-8e28-eef0770d1e33";

  private final Contract contract = Contract.ofTheServer();
  private final ApiDocument document = contract.document();

  /// Calls `visitor` with every node and the pointer to it.
  private static void walk(String pointer, JsonNode node, BiConsumer<String, JsonNode> visitor) {
    visitor.accept(pointer, node);
    for (var field : node.properties()) {
      walk(pointer + "/" + field.getKey(), field.getValue(), visitor);
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(pointer + "/" + i, node.get(i), visitor);
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsNeeded() {
    Set<String> referred = new TreeSet<>();
    walk(
        "",
        document.root(),
        (pointer, node) -> {
          if (node.path("$ref").isTextual()) {
            String target = node.get("$ref").asText();
            assertThat(document.root().at(target.substring(1)).isMissingNode())
                .as(pointer + " → " + target)
                .isFalse();
            referred.add(target);
          }
        });
    for (String kind : List.of("parameters", "headers", "responses", "schemas")) {
      document
          .root()
          .at("/components/" + kind)
          .fieldNames()
          .forEachRemaining(name -> {
            // What a stream is made of cannot be referred to.
            if (!name.equals("OrderEvent")) {
              assertThat(referred).contains("#/components/" + kind + "/" + name);
            }
          });
    }
  }

  @Test
  void everyOperationSaysWhatItIsFor() {
    Set<String> ids = new HashSet<>();
    for (Operation operation : document.operations()) {
      JsonNode json = operation.json();
      assertThat(ids.add(json.path("operationId").asText())).as(operation.path()).isTrue();
      assertThat(json.path("summary").asText()).as(operation.path()).isNotBlank();
      assertThat(json.path("tags")).as(operation.path()).hasSize(1);
      // Who may: everybody, or these.
      assertThat(json.has("x-roles")).as(operation.path()).isNotEqualTo(json.has("security"));
    }
  }

  @Test
  void everyObjectSaysAllItsFieldsAndThatThereAreNoOthers() {
    walk(
        "",
        document.root().at("/components/schemas"),
        (pointer, node) -> {
          if (node.path("type").asText().equals("object")) {
            assertThat(node.path("additionalProperties").isBoolean()).as(pointer).isTrue();
            assertThat(node.path("additionalProperties").asBoolean()).as(pointer).isFalse();
          }
        });
  }

  @Test
  void everyKindOfProblemIsThere() {
    Set<String> documented = new TreeSet<>();
    document
        .root()
        .at("/components/schemas/Problem/properties/type/enum")
        .forEach(type -> documented.add(type.asText()));
    assertThat(Arrays.stream(ProblemType.values()).map(type -> Problem.of(type, "").type()))
        .isSubsetOf(documented);
  }

  @Test
  void everyExampleOfAProblemHasItsTitle() {
    walk(
        "",
        document.root().at("/components/responses"),
        (pointer, node) -> {
          if (node.path("type").asText().startsWith("/problems/")) {
            ProblemType type =
                ProblemType.valueOf(
                    node.get("type")
                        .asText()
                        .substring("/problems/".length())
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_'));
            assertThat(node.path("title").asText())
                .as(pointer)
                .isEqualTo(Problem.of(type, "").title());
          }
        });
  }

  private static Map<String, JsonNode> examples(JsonNode content) {
    Map<String, JsonNode> examples = new TreeMap<>();
    if (content.has("example")) {
      examples.put("example", content.get("example"));
    }
    content
        .path("examples")
        .properties()
        .forEach(example -> examples.put(example.getKey(), example.getValue().get("value")));
    return examples;
  }

  /// With an example for every header.
  private Map<String, List<String>> headers(JsonNode response, String type) {
    Map<String, List<String>> headers = new TreeMap<>();
    headers.put("Content-Type", List.of(type));
    response
        .path("headers")
        .properties()
        .forEach(header -> {
          JsonNode example = document.resolved(header.getValue()).path("example");
          if (example.isTextual()) {
            headers.put(header.getKey(), List.of(example.asText()));
          }
        });
    return headers;
  }

  @Test
  void everyExampleOfAnAnswerIsAsItSays() {
    List<String> seen = new ArrayList<>();
    for (Operation operation : document.operations()) {
      String target = operation.path().replace("{id}", ID).replace("{file}", "swagger-ui.css");
      for (var response : operation.json().get("responses").properties()) {
        JsonNode answer = document.resolved(response.getValue());
        for (var content : answer.path("content").properties()) {
          examples(content.getValue())
              .forEach((name, example) -> {
                String body = example.isTextual() ? example.asText() : example.toString();
                Exchange exchange =
                    new Exchange(
                        operation.method().toUpperCase(Locale.ROOT),
                        target,
                        Map.of(),
                        "",
                        Integer.parseInt(response.getKey()),
                        headers(answer, content.getKey()),
                        body);
                assertThat(contract.answerFlaws(exchange)).as(exchange.toString()).isEmpty();
                seen.add(name);
              });
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(100);
  }

  @Test
  void everyExampleOfARequestIsAsItSays() {
    for (Operation operation : document.operations()) {
      JsonNode content = operation.json().at("/requestBody/content/application~1json");
      examples(content)
          .forEach((name, example) -> {
            Exchange exchange =
                new Exchange(
                    "POST",
                    operation.path(),
                    Map.of("Content-Type", List.of("application/json")),
                    example.toString(),
                    200,
                    Map.of(),
                    "");
            assertThat(contract.requestFlaws(exchange)).as(exchange.toString()).isEmpty();
          });
    }
  }
}
