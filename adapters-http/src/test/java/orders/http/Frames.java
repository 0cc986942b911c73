package orders.http;

import java.util.stream.Stream;

/// What is sent on a connection before the client stops sending.
///
/// @param status of the one answer; 0 for 400 or none, where there may be nobody left to answer
record Frames(String name, String sent, int status) {
  private static final String HOST = "Host: localhost\r\n";
  static final String POST =
      "POST /orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String ORDER = TestServer.GOOD_ORDER;
  static final String LENGTH = "Content-Length: " + ORDER.length() + "\r\n";
  private static final String ID = "01939c3e-0000-7000-8000-000000000000";

  static Stream<Frames> cases() {
    return Stream.of(
        new Frames(
            "a chunk size that is no number", CHUNKED + "x\r\n" + ORDER + "\r\n0\r\n\r\n", 400),
        new Frames("a negative chunk size", CHUNKED + "-1\r\n" + ORDER + "\r\n0\r\n\r\n", 400),
        new Frames("a huge chunk size", CHUNKED + "ffffffffffffffff\r\n" + ORDER, 400),
        new Frames("a chunk size beyond the bound", CHUNKED + "7fffffff\r\n" + ORDER, 400),
        new Frames(
            "a chunk longer than its size", CHUNKED + "5\r\n" + ORDER + "\r\n0\r\n\r\n", 400),
        new Frames("no last chunk", CHUNKED + chunk(ORDER), 400),
        new Frames("a chunk cut short", CHUNKED + "ff\r\n" + ORDER, 400),
        new Frames("chunks without a line end", CHUNKED + "5" + ORDER, 400),
        new Frames("a broken trailer", CHUNKED + chunk(ORDER) + "0\r\nno colon\r\n\r\n", 400),
        new Frames("a negative length", POST + "Content-Length: -1\r\n\r\n", 400),
        new Frames("a length that is no number", POST + "Content-Length: ten\r\n\r\n", 400),
        new Frames("an empty length", POST + "Content-Length: \r\n\r\n", 400),
        new Frames("a length with a sign", POST + "Content-Length: +5\r\n\r\n12345", 400),
        new Frames(
            "a length beyond a long", POST + "Content-Length: 9999999999999999999\r\n\r\n", 400),
        new Frames(
            "a length beyond the bound", POST + "Content-Length: 999999999999\r\n\r\n{", 413),
        new Frames("two lengths", POST + LENGTH + "Content-Length: 5\r\n\r\n" + ORDER, 400),
        new Frames("two lengths in one", POST + "Content-Length: 5, 6\r\n\r\n" + ORDER, 400),
        new Frames("both lengths the same", POST + LENGTH + LENGTH + "\r\n" + ORDER, 400),
        new Frames(
            "a length and chunks",
            POST + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled(),
            400),
        new Frames(
            "chunks and a length",
            POST + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + smuggled(),
            400),
        new Frames(
            "chunked twice", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400),
        new Frames(
            "chunked not last", POST + "Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n", 400),
        new Frames(
            "an unknown transfer encoding", POST + "Transfer-Encoding: x\r\n\r\n" + ORDER, 400),
        new Frames(
            "chunked with a tab", POST + "Transfer-Encoding:\tchunked\r\n\r\n" + smuggled(), 400),
        new Frames(
            "white space before a colon",
            POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + smuggled(),
            400),
        new Frames(
            "a header without a colon", "GET /health HTTP/1.1\r\n" + HOST + "oops\r\n\r\n", 400),
        new Frames(
            "a header without a name", "GET /health HTTP/1.1\r\n" + HOST + ": a\r\n\r\n", 400),
        new Frames(
            "a folded header", "GET /health HTTP/1.1\r\n" + HOST + "A: b\r\n c\r\n\r\n", 400),
        new Frames("a header of 9 KiB", "GET /health HTTP/1.1\r\n" + HOST + big(9) + "\r\n", 431),
        new Frames("a header of 64 KiB", "GET /health HTTP/1.1\r\n" + HOST + big(64) + "\r\n", 431),
        new Frames("a target of 9 KiB", "GET /" + "a".repeat(9 * 1024) + " HTTP/1.1\r\n", 414),
        new Frames("NUL in a header", "GET /health HTTP/1.1\r\n" + HOST + "A: b\0c\r\n\r\n", 400),
        new Frames("NUL in the target", "GET /hea\0lth HTTP/1.1\r\n" + HOST + "\r\n", 400),
        new Frames(
            "a bare carriage return", "GET /health HTTP/1.1\r\n" + HOST + "A: b\rc\r\n\r\n", 400),
        new Frames("no host", "GET /health HTTP/1.1\r\n\r\n", 400),
        new Frames("two hosts", "GET /health HTTP/1.1\r\n" + HOST + HOST + "\r\n", 400),
        new Frames("a bad host", "GET /health HTTP/1.1\r\nHost: a b/c\r\n\r\n", 400),
        new Frames("HTTP/0.9", "GET /health\r\n\r\n", 400),
        new Frames("HTTP/1.0", "GET /health HTTP/1.0\r\n\r\n", 200),
        new Frames("HTTP/2.0", "GET /health HTTP/2.0\r\n" + HOST + "\r\n", 400),
        new Frames("HTTP/9.9", "GET /health HTTP/9.9\r\n" + HOST + "\r\n", 400),
        new Frames("no HTTP", "GET /health FTP/1.1\r\n" + HOST + "\r\n", 400),
        new Frames("a preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        new Frames(
            "a TLS greeting", "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", 400),
        new Frames("an unknown method", "BREW /health HTTP/1.1\r\n" + HOST + "\r\n", 405),
        new Frames("a method with a slash", "G/T /health HTTP/1.1\r\n" + HOST + "\r\n", 400),
        new Frames("a lowercase method", "get /health HTTP/1.1\r\n" + HOST + "\r\n", 405),
        new Frames("an endless method", "G".repeat(20_000) + " / HTTP/1.1\r\n", 431),
        new Frames("TRACE", "TRACE /orders HTTP/1.1\r\n" + HOST + "Cookie: s3cr3t\r\n\r\n", 405),
        new Frames("CONNECT", "CONNECT a:443 HTTP/1.1\r\n" + HOST + "\r\n", 400),
        new Frames("OPTIONS *", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n", 404),
        target("/%00", 400),
        target("/health%00", 400),
        target("/%2e%2e/%2e%2e/etc/passwd", 400),
        target("/orders/%2e%2e/health", 404),
        target("/orders/../health", 404),
        target("/orders/..;/health", 400),
        target("/orders/;a=b/health", 404),
        target("//health", 404),
        target("//orders//" + ID, 404),
        target("/orders%2f" + ID, 404),
        target("/orders/" + ID + "%2fevents", 404),
        target("/orders\\" + ID, 400),
        target("/%zz", 400),
        target("/%", 400),
        target("/\u00ff", 400),
        target("/health#fragment", 200),
        target("health", 400),
        target("?limit=1", 400),
        target("http://localhost/health", 200),
        target("http://elsewhere/health", 400),
        target("ftp://localhost/health", 200),
        target("http://", 400),
        new Frames("a request that ends early", "GET /health HT", 0),
        new Frames("headers that end early", "GET /health HTTP/1.1\r\nHost: lo", 0),
        new Frames("a body that ends early", POST + LENGTH + "\r\n" + ORDER.substring(9), 400),
        new Frames("an unknown expectation", POST + LENGTH + "Expect: tea\r\n\r\n" + ORDER, 417));
  }

  private static Frames target(String target, int status) {
    return new Frames(target, get(target), status);
  }

  static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  /// An order that a proxy would take for a body, if the server took it for a request.
  private static String smuggled() {
    return POST + LENGTH + "\r\n" + ORDER;
  }

  private static String big(int kibibytes) {
    return "A: " + "b".repeat(kibibytes * 1024) + "\r\n";
  }

  @Override
  public String toString() {
    return name;
  }
}
