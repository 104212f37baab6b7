package jp.musubi;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts what this module and the modules below it contribute. */
@SpringBootApplication
class TestApplication {}
