package dev.aerie.auth;

import java.util.Map;
import java.util.TreeMap;

/// Reads `name=value, name="quoted \"value\""` in one pass: anybody may send such a header, and an event loop reads it.
/// What is no parameter is skipped; a quoted value without its second quote reaches to the end.
final class AuthParameters {

    private final String text;
    private int at;

    private AuthParameters(String text) {
        this.text = text;
    }

    /// By name, without regard to case; of parameters with the same name the last.
    static Map<String, String> parse(String text) {
        Map<String, String> parameters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        var rest = new AuthParameters(text);
        while (rest.skipToName()) {
            String name = rest.name();
            rest.skipSpace();
            if (rest.skip('=')) {
                rest.skipSpace();
                parameters.put(name, rest.skip('"') ? rest.quoted() : rest.unquoted());
            }
        }
        return parameters;
    }

    private boolean skipToName() {
        while (hasMore() && !isOfName(text.charAt(at))) {
            at++;
        }
        return hasMore();
    }

    private String name() {
        int start = at;
        while (hasMore() && isOfName(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        var value = new StringBuilder();
        while (hasMore() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at++));
        }
        at++;
        return value.toString();
    }

    private String unquoted() {
        int start = at;
        while (hasMore() && ",\"".indexOf(text.charAt(at)) < 0 && !isSpace(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (hasMore() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private boolean skip(char wanted) {
        boolean there = hasMore() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private boolean hasMore() {
        return at < text.length();
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
