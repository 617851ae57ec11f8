package dev.aerie.ptz.http;

import java.util.Arrays;

/// What a camera answered.
public final class HttpAnswer {

    private final int status;
    private final boolean offersDigest;
    private final byte[] body;

    /// - `body`: taken over
    /// - `offersDigest`: whether it asked for HTTP authentication that we can give
    HttpAnswer(int status, boolean offersDigest, byte[] body) {
        this.status = status;
        this.offersDigest = offersDigest;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public boolean offersDigest() {
        return offersDigest;
    }

    public byte[] body() {
        return Arrays.copyOf(body, body.length);
    }
}
