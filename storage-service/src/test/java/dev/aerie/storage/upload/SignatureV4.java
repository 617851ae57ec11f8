package dev.aerie.storage.upload;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Checks signed requests as the publisher of the protocol describes it ("Signature Version 4", header form), on its
/// own: no code of the client is used.
record SignatureV4(String accessKey, String secretKey, String region) {

    /// Throws [Refusal] where a request is not signed, or its body not the one that was signed.
    void require(HttpExchange exchange, byte[] body) throws Refusal {
        var headers = exchange.getRequestHeaders();
        var uri = exchange.getRequestURI();
        boolean isSigned = isSigned(
                exchange.getRequestMethod(),
                uri.getRawPath(),
                Objects.requireNonNullElse(uri.getRawQuery(), ""),
                name -> Objects.requireNonNullElse(headers.getFirst(name), ""),
                Objects.requireNonNullElse(headers.getFirst("Authorization"), ""));
        if (!isSigned) {
            throw new Refusal(403, "SignatureDoesNotMatch");
        }
        if (!sha256(body).equals(headers.getFirst("x-amz-content-sha256"))) {
            throw new Refusal(400, "XAmzContentSHA256Mismatch");
        }
        String md5 = headers.getFirst("Content-MD5");
        if (md5 != null
                && !HexFormat.of().formatHex(Base64.getDecoder().decode(md5)).equals(StandInStore.md5(body))) {
            throw new Refusal(400, "BadDigest");
        }
    }

    /// Whether `authorization` is the signature of this request.
    ///
    /// - `path`, `query`: as they were sent, encoded
    /// - `header`: the value of a header, by its name
    boolean isSigned(String method, String path, String query, Function<String, String> header, String authorization) {
        Map<String, String> fields = Arrays.stream(
                        authorization.replaceFirst("^AWS4-HMAC-SHA256 ", "").split(", *"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(field -> field[0].strip(), field -> field[1]));
        String time = header.apply("x-amz-date");
        String scope = time.substring(0, 8) + "/" + region + "/s3/aws4_request";
        if (!fields.get("Credential").equals(accessKey + "/" + scope)) {
            return false;
        }
        List<String> names = List.of(fields.get("SignedHeaders").split(";"));
        String headers = names.stream()
                .map(name -> name + ":" + header.apply(name).strip() + "\n")
                .collect(Collectors.joining());
        String canonical = String.join(
                "\n",
                method,
                path,
                canonicalQuery(query),
                headers,
                String.join(";", names),
                header.apply("x-amz-content-sha256"));
        String toSign = String.join("\n", "AWS4-HMAC-SHA256", time, scope, sha256(bytes(canonical)));
        return fields.get("Signature").equals(HexFormat.of().formatHex(hmac(key(time.substring(0, 8)), toSign)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String canonicalQuery(String query) {
        return Arrays.stream(query.split("&"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.contains("=") ? part : part + "=")
                .sorted()
                .collect(Collectors.joining("&"));
    }

    private byte[] key(String date) {
        byte[] key = bytes("AWS4" + secretKey);
        for (String step : List.of(date, region, "s3", "aws4_request")) {
            key = hmac(key, step);
        }
        return key;
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
