package orders.http.wire;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import orders.application.usecase.Expected;

/// The conditions of RFC 9110 on what a client has seen: `If-None-Match` and `If-Match`, each `*`
/// or a list of tags, in one header or several.
public final class EntityTags {
  private static final Pattern TAG =
      Pattern.compile("[ \t]*(W/)?(\"[\\x21\\x23-\\x7e\\x80-\\xff]*\")[ \t]*(,|$)|[ \t]*(,|$)");

  /// Of an order, see [OrderTag]: the version is what counts for moving it.
  private static final Pattern VERSION = Pattern.compile("\"([1-9]\\d{0,17})(?:-[0-9a-f]{1,8})?\"");

  /// Whether it is a list, rather than `*`.
  private final boolean listed;

  private final List<Tag> tags;

  private EntityTags(boolean listed, List<Tag> tags) {
    this.listed = listed;
    this.tags = tags;
  }

  /// @param opaque with its quotes
  private record Tag(boolean weak, String opaque) {}

  /// What the client has already; empty if it did not say.
  ///
  /// @throws RefusedRequest if it said something else than tags
  public static Optional<EntityTags> ifNoneMatch(Context context) {
    return of(context, "If-None-Match");
  }

  /// What it wants to move.
  ///
  /// @throws RefusedRequest if it said something else than tags
  public static Expected ifMatch(Context context) {
    return of(context, "If-Match").map(EntityTags::expected).orElseGet(Expected.Any::new);
  }

  /// By weak comparison.
  boolean include(String opaque) {
    return !listed || tags.stream().anyMatch(tag -> tag.opaque().equals(opaque));
  }

  /// By strong comparison, in which a weak tag is like none.
  private Expected expected() {
    if (!listed) {
      return new Expected.Any();
    }
    Set<Long> versions = new HashSet<>();
    for (Tag tag : tags) {
      Matcher version = VERSION.matcher(tag.opaque());
      if (!tag.weak() && version.matches()) {
        versions.add(Long.valueOf(version.group(1)));
      }
    }
    return new Expected.OneOf(versions);
  }

  private static Optional<EntityTags> of(Context context, String name) {
    List<String> headers = Collections.list(context.req().getHeaders(name));
    return headers.isEmpty()
        ? Optional.empty()
        : Optional.of(
            parse(String.join(",", headers))
                .orElseThrow(() ->
                    new RefusedRequest(
                        ProblemType.MALFORMED_REQUEST,
                        name + " must be * or tags in quotes between commas.")));
  }

  private static Optional<EntityTags> parse(String text) {
    if (text.strip().equals("*")) {
      return Optional.of(new EntityTags(false, List.of()));
    }
    List<Tag> tags = new ArrayList<>();
    Matcher next = TAG.matcher(text);
    while (next.regionStart() < text.length()) {
      if (!next.lookingAt()) {
        return Optional.empty();
      }
      if (next.group(2) != null) {
        tags.add(new Tag(next.group(1) != null, next.group(2)));
      }
      next.region(next.end(), text.length());
    }
    return tags.isEmpty() ? Optional.empty() : Optional.of(new EntityTags(true, tags));
  }
}
