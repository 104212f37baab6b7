package jp.musubi.response.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.support.SessionFlashMapManager;

/**
 * What a page hands to the next one is kept for the path it leads to. {@link ResponsePrefixFilter} takes the response out
 * of paths before anybody compares them, so it is taken out here too.
 */
@Component(DispatcherServlet.FLASH_MAP_MANAGER_BEAN_NAME)
class PrefixedFlashMaps extends SessionFlashMapManager {

    @Override
    protected void updateFlashMaps(List<FlashMap> maps, HttpServletRequest request, HttpServletResponse response) {
        for (FlashMap map : maps) {
            String path = map.getTargetRequestPath();
            if (path != null) {
                map.setTargetRequestPath(ResponsePrefixFilter.withoutPrefix(path));
            }
        }
        super.updateFlashMaps(maps, request, response);
    }
}
