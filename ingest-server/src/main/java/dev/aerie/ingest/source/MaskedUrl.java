package dev.aerie.ingest.source;

import java.util.regex.Pattern;

/// URLs for users and logs: without user and password, and without queries, which carry tokens.
public final class MaskedUrl {

    /// Up to the last `@` before the path: passwords hold slashes and at signs, whatever the RFC says.
    private static final Pattern USER_INFO = Pattern.compile("(?<=[a-zA-Z0-9+.-]{1,10}://)[^\\s]*@");

    private static final Pattern QUERY = Pattern.compile("(://[^\\s?]*)\\?[^\\s'\"]*");

    private MaskedUrl() {}

    /// Any text, with every URL in it masked: an error of a library quotes the URL it was given.
    public static String of(String text) {
        return QUERY.matcher(USER_INFO.matcher(text).replaceAll("")).replaceAll("$1?…");
    }
}
