// Copyright the Culvert authors
// SPDX-License-Identifier: Apache-2.0
package io.culvert.webconsole;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import org.apache.felix.webconsole.spi.SecurityProvider;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.component.annotations.Component;

/**
 * Mends the forms of the Web Console: serves the script and the style sheet that it has for them,
 * and ours after each. Stateless.
 */
@Component(
    service = Servlet.class,
    property = {
      "osgi.http.whiteboard.servlet.pattern=" + FormFiles.SCRIPT,
      "osgi.http.whiteboard.servlet.pattern=" + FormFiles.STYLE,
      "osgi.http.whiteboard.context.select="
          + "(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)"
    })
public final class FormFiles extends HttpServlet {
  static final String SCRIPT = "/res/ui/config.js";
  static final String STYLE = "/res/ui/config.css";

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    boolean script = request.getServletPath().endsWith(SCRIPT);
    response.setContentType(script ? "text/javascript" : "text/css");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    copy(
        FrameworkUtil.getBundle(SecurityProvider.class).getEntry(script ? SCRIPT : STYLE),
        response);
    copy(FormFiles.class.getResource(script ? "forms.js" : "forms.css"), response);
  }

  private static void copy(URL from, HttpServletResponse to) throws IOException {
    try (InputStream in = from.openStream()) {
      in.transferTo(to.getOutputStream());
    }
  }
}
