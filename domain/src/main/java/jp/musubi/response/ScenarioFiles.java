package jp.musubi.response;

import java.util.function.Consumer;

/** Port: puts the files of the shipped scenario into the inbox of its response, once. */
public interface ScenarioFiles {

    /**
     * Loads what is not there yet and returns when every file has been taken in.
     *
     * @param large the size for load tests: 2,000 communities, 20,000 needs, 100,000 lots
     * @param say takes a line of progress
     */
    void load(Response response, boolean large, Consumer<String> say);
}
