// A file of its own: the page's Content-Security-Policy allows no script within it.
SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
  deepLinking: true,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  // No badge from elsewhere, no other document by a link, and no token left behind in the browser.
  validatorUrl: null,
  queryConfigEnabled: false,
  persistAuthorization: false,
});
