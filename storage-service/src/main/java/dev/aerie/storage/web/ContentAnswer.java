package dev.aerie.storage.web;

import dev.aerie.service.web.Problem;
import dev.aerie.storage.clip.Clip;
import dev.aerie.storage.clip.RandomAccessSource;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Responds to a request for content with all of it, a part, or nothing if the client has it already (RFC 9110,
/// sections 13 and 14).
final class ContentAnswer {

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final RandomAccessSource source;
    private final String mediaType;
    private final String fileName;

    /// - `fileName`: name under which a browser saves it
    ContentAnswer(RandomAccessSource source, String mediaType, String fileName) {
        this.source = source;
        this.mediaType = mediaType;
        this.fileName = fileName;
    }

    /// A clip.
    ///
    /// - `part`: distinguishes its file name from others of the same stream
    static ContentAnswer video(Clip clip, String part) {
        return new ContentAnswer(clip.source(), "video/mp4", clip.stream().replace('/', '-') + "-" + part + ".mp4");
    }

    /// - `isDownload`: whether a browser saves it rather than shows it
    Response to(HttpHeaders request, boolean isDownload) {
        String known = request.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        if (matches(known)) {
            return described(Response.notModified()).build();
        }
        try {
            var range = mayBePartial(request.getHeaderString("If-Range"))
                    ? ByteRange.parse(request.getHeaderString("Range"), source.lengthBytes())
                    : Optional.<ByteRange>empty();
            return body(range)
                    .header("Content-Disposition", disposition(isDownload))
                    .build();
        } catch (ByteRange.UnsatisfiableException _) {
            return described(Response.status(RANGE_NOT_SATISFIABLE))
                    .header("Content-Range", "bytes */" + source.lengthBytes())
                    .type(Problem.MEDIA_TYPE)
                    .entity(Problem.of(
                            Response.Status.REQUESTED_RANGE_NOT_SATISFIABLE,
                            "there are " + source.lengthBytes() + " bytes",
                            "Range"))
                    .build();
        }
    }

    private Response.ResponseBuilder body(Optional<ByteRange> range) {
        var sent = range.orElse(new ByteRange(0, source.lengthBytes()));
        StreamingOutput output = out -> source.writeTo(out, sent.first(), sent.count());
        var answer = described(Response.status(range.isPresent() ? 206 : 200))
                .type(mediaType)
                .header(HttpHeaders.CONTENT_LENGTH, sent.count())
                .entity(output);
        range.ifPresent(partial -> answer.header("Content-Range", partial.contentRange(source.lengthBytes())));
        return answer;
    }

    private Response.ResponseBuilder described(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.ETAG, tag())
                .header("Accept-Ranges", "bytes")
                .header("Cache-Control", "no-cache");
    }

    /// Whether a part continues the content that the client has; a date is not precise enough for that.
    private boolean mayBePartial(@Nullable String ifRange) {
        return ifRange == null || ifRange.strip().equals(tag());
    }

    private boolean matches(@Nullable String ifNoneMatch) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(String::strip)
                        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
                        .anyMatch(tag -> tag.equals("*") || tag.equals(tag()));
    }

    private String tag() {
        return '"' + source.tag() + '"';
    }

    private String disposition(boolean isDownload) {
        return (isDownload ? "attachment" : "inline") + "; filename=\"" + fileName + "\"";
    }
}
