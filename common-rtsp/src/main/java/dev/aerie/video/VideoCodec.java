package dev.aerie.video;

import java.util.Arrays;
import java.util.Optional;

/// How a stream's video is coded. What differs from one codec to the other is in here and in [CodecSyntax]; all others
/// ask a [NalUnit] for its [NalKind].
public enum VideoCodec {
    /// ITU-T H.264, also called AVC.
    H264("H.264", "avc1", new H264Syntax()),
    /// ITU-T H.265, also called HEVC.
    H265("H.265", "hvc1", new H265Syntax());

    private final String title;
    private final String sampleEntry;
    private final CodecSyntax syntax;

    VideoCodec(String title, String sampleEntry, CodecSyntax syntax) {
        this.title = title;
        this.sampleEntry = sampleEntry;
        this.syntax = syntax;
    }

    /// The codec of this name in messages, `h264` or `h265`.
    public static Optional<VideoCodec> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(codec -> codec.wireName().equals(name))
                .findFirst();
    }

    /// The codec of this name in session descriptions, `H264` or `H265`.
    public static Optional<VideoCodec> ofRtpEncoding(String encoding) {
        return Arrays.stream(values())
                .filter(codec -> codec.rtpEncoding().equals(encoding))
                .findFirst();
    }

    /// The only codec in which a base layer has a NAL unit with these first two bytes; empty where they may be
    /// either's.
    static Optional<VideoCodec> recognize(int first, int second) {
        return Arrays.stream(values())
                .filter(codec -> codec.syntax.isUnmistakable(first & 0xff, second & 0xff))
                .findFirst();
    }

    /// For people: `H.264`.
    public String title() {
        return title;
    }

    /// In messages: `h264`.
    public String wireName() {
        return this == H264 ? "h264" : "h265";
    }

    /// In session descriptions: `H264`.
    public String rtpEncoding() {
        return name();
    }

    /// Type of the sample entry in MP4 files whose parameter sets are in the head: `avc1`.
    public String sampleEntry() {
        return sampleEntry;
    }

    /// Length of a NAL unit's header.
    public int headerBytes() {
        return syntax.headerBytes();
    }

    /// nal_unit_type of a unit with this header, big endian.
    public int typeOf(int header) {
        return syntax.typeOf(header);
    }

    /// What a unit with this header, big endian, is there for.
    public NalKind kindOf(int header) {
        return syntax.kindOf(header);
    }

    /// Whether other frames may refer to a frame with a slice of this header.
    public boolean isReference(int header) {
        return syntax.isReference(header);
    }

    /// The delimiter of an access unit with slices of any type, without a start code; a new array.
    public byte[] delimiter() {
        return syntax.delimiter();
    }

    CodecSyntax syntax() {
        return syntax;
    }
}
