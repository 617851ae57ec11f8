package dev.aerie.rtp;

import dev.aerie.video.VideoCodec;

/// How NAL units of a codec lie in RTP payloads, beyond one whole unit in each: several behind each other, or a
/// fragment of one. H.264: RFC 6184; H.265: RFC 7798.
///
/// ```
/// several    header of type `aggregate` · (size, 16 bits · NAL unit) …
/// fragment   header of type `fragment` · S, first (1) · E, last (1) · type of the NAL unit · bytes behind its header
/// ```
public enum RtpPayloadFormat {
    /// STAP-A (5.7.1) and FU-A (5.8): of the NAL unit's header, nal_ref_idc is in the payload's.
    H264(VideoCodec.H264, "RFC 6184", 24, 28) {
        @Override
        int withType(int header, int type) {
            return (header & 0xe0) | type;
        }

        @Override
        int typeInFragment(int fragmentHeader) {
            return fragmentHeader & 0x1f;
        }
    },
    /// AP (4.4.2) and FU (4.4.3), without decoding order numbers (DONL): layer and temporal id are in the payload's
    /// header.
    H265(VideoCodec.H265, "RFC 7798", 48, 49) {
        @Override
        int withType(int header, int type) {
            return (header & 0x81ff) | type << 9;
        }

        @Override
        int typeInFragment(int fragmentHeader) {
            return fragmentHeader & 0x3f;
        }
    };

    /// The bit of a fragment's header that marks the first one.
    static final int FIRST = 0x80;

    private static final int LAST = 0x40;

    private final VideoCodec codec;
    private final String standard;
    private final int aggregate;
    private final int fragment;

    RtpPayloadFormat(VideoCodec codec, String standard, int aggregate, int fragment) {
        this.codec = codec;
        this.standard = standard;
        this.aggregate = aggregate;
        this.fragment = fragment;
    }

    public static RtpPayloadFormat of(VideoCodec codec) {
        return switch (codec) {
            case H264 -> H264;
            case H265 -> H265;
        };
    }

    public VideoCodec codec() {
        return codec;
    }

    /// Bytes in front of a fragment: the payload's header and the fragment's.
    public int fragmentHeadBytes() {
        return codec.headerBytes() + 1;
    }

    /// The payload header of fragments of a NAL unit with this header, both big endian.
    public int fragmentOf(int nalHeader) {
        return withType(nalHeader, fragment);
    }

    /// The header of a fragment of a NAL unit with this header.
    public int fragmentHeader(int nalHeader, boolean isFirst, boolean isLast) {
        return (isFirst ? FIRST : 0) | (isLast ? LAST : 0) | codec.typeOf(nalHeader);
    }

    /// Where the format is defined.
    String standard() {
        return standard;
    }

    boolean isAggregate(int header) {
        return codec.typeOf(header) == aggregate;
    }

    boolean isFragment(int header) {
        return codec.typeOf(header) == fragment;
    }

    /// Whether the payload is one whole NAL unit.
    boolean isWhole(int header) {
        return codec.typeOf(header) < aggregate;
    }

    /// The header of the NAL unit that a fragment is of.
    ///
    /// - `header`: of the payload
    int nalHeader(int header, int fragmentHeader) {
        return withType(header, typeInFragment(fragmentHeader));
    }

    /// The same header with another type.
    abstract int withType(int header, int type);

    abstract int typeInFragment(int fragmentHeader);
}
