package dev.aerie.video;

import com.google.errorprone.annotations.Immutable;
import java.util.Optional;

/// What one codec's bitstream looks like, as far as streams are handled here without being decoded.
@Immutable
sealed interface CodecSyntax permits H264Syntax, H265Syntax {

    int headerBytes();

    /// - `header`: of a NAL unit, big endian
    int typeOf(int header);

    NalKind kindOf(int header);

    boolean isReference(int header);

    /// Whether a slice with this header is of a frame that refers to frames in front of the IDR frame before it.
    boolean refersBehindIdr(int header);

    /// Whether a NAL unit that begins with these two bytes, 0..255, can be of this codec alone.
    boolean isUnmistakable(int first, int second);

    /// The header of an SEI NAL unit in front of a slice with this header.
    int seiHeader(int sliceHeader);

    /// The delimiter of an access unit with slices of any type, header included.
    byte[] delimiter();

    /// Throws [MalformedVideoException] with the broken rule, as the two below.
    Sps parseSps(NalUnit nal) throws MalformedVideoException;

    Pps parsePps(NalUnit nal) throws MalformedVideoException;

    /// Returns the id of a video parameter set.
    int parseVps(NalUnit nal) throws MalformedVideoException;

    /// Reads the beginning of a slice; empty if it takes more bytes than that, or they are not a slice header.
    Optional<SliceHeader> parseSlice(NalUnit slice, ParameterSets known);
}
