package dev.aerie.video;

/// The fields of a picture parameter set that slice headers depend on.
///
/// - `bottomFieldOrderPresent`: bottom_field_pic_order_in_frame_present_flag of H.264
record Pps(int id, int spsId, boolean bottomFieldOrderPresent) {

    /// Throws [MalformedVideoException] for ids that do not exist.
    static Pps of(long id, int maxId, long spsId, int maxSpsId, boolean bottomFieldOrderPresent)
            throws MalformedVideoException {
        if (id > maxId || spsId > maxSpsId) {
            throw new MalformedVideoException(
                    "PPS has id " + id + " for SPS " + spsId + ", allowed: 0.." + maxId + " and 0.." + maxSpsId);
        }
        return new Pps((int) id, (int) spsId, bottomFieldOrderPresent);
    }
}
