package jp.musubi.matching;

import jp.musubi.response.ResponseId;

/** Port: the policies of a response. Versions are added and never edited or removed. */
public interface Policies {

    PolicyBook read(ResponseId response);

    /**
     * Adds a version with its entry in the history.
     *
     * @throws jp.musubi.common.ChangedMeanwhile if that version of the policy is there already: somebody was faster
     */
    void add(ResponseId response, PolicyVersion version);
}
