package dev.aerie.ingest.source;

/// URLs for users and logs: without user and password, and without queries, which carry tokens. Each text is read in
/// one pass, for it may be as long as a request and made of nothing but beginnings of URLs.
public final class MaskedUrl {

    private static final String SCHEME_END = "://";

    private MaskedUrl() {}

    /// Any text, with every URL in it masked: an error of a library quotes the URL it was given.
    public static String of(String text) {
        var masked = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int end = at;
            while (end < text.length() && !isSpace(text.charAt(end))) {
                end++;
            }
            masked.append(withoutQueries(withoutUser(text.substring(at, end))));
            if (end < text.length()) {
                masked.append(text.charAt(end));
            }
            at = end + 1;
        }
        return masked.toString();
    }

    /// Up to the last `@`: passwords hold slashes and at signs, whatever the RFC says.
    private static String withoutUser(String word) {
        int last = word.lastIndexOf('@');
        int end = word.indexOf(SCHEME_END);
        while (end >= 0 && !isOfScheme(word, end - 1)) {
            end = word.indexOf(SCHEME_END, end + 1);
        }
        int start = end + SCHEME_END.length();
        return end < 0 || last < start ? word : word.substring(0, start) + word.substring(last + 1);
    }

    private static boolean isOfScheme(String word, int at) {
        char c = at < 0 ? ' ' : word.charAt(at);
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+.-".indexOf(c) >= 0;
    }

    /// Each from its question mark to a quote or the end.
    private static String withoutQueries(String word) {
        var kept = new StringBuilder();
        int at = 0;
        for (int url = word.indexOf(SCHEME_END); url >= 0; url = word.indexOf(SCHEME_END, at)) {
            int question = word.indexOf('?', url);
            if (question < 0) {
                break;
            }
            kept.append(word, at, question).append("?…");
            at = question;
            while (at < word.length() && word.charAt(at) != '\'' && word.charAt(at) != '"') {
                at++;
            }
        }
        return kept.append(word, at, word.length()).toString();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
