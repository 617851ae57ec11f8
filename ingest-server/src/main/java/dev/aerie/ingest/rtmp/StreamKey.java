package dev.aerie.ingest.rtmp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// What a publisher names its stream by: `<stream>[?user=NAME&password=WORDS]`, or `<stream>?key=WORDS` where an
/// encoder has one field for all. Values are percent-encoded. [#toString] keeps the secrets to itself.
///
/// - `user`: empty for whoever has this password
record StreamKey(String stream, Optional<String> user, Optional<String> password) {

    static StreamKey parse(String text) {
        int query = text.indexOf('?');
        String name = query < 0 ? text : text.substring(0, query);
        String[] fields = query < 0 ? new String[0] : text.substring(query + 1).split("&", -1);
        return new StreamKey(
                name, field(fields, "user"), field(fields, "password").or(() -> field(fields, "key")));
    }

    private static Optional<String> field(String[] fields, String name) {
        return Arrays.stream(fields)
                .filter(field -> field.startsWith(name + "="))
                .findFirst()
                .map(field -> decoded(field.substring(name.length() + 1)));
    }

    /// As it stands where it is not percent-encoded.
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return value;
        }
    }

    @Override
    public String toString() {
        return "StreamKey[stream=" + stream + ", user=" + user + "]";
    }
}
