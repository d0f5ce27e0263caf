import { render } from "preact";
import { Form } from "./form.jsx";
import { define } from "./plugin.js";

define((place, host) => {
  render(<Form host={host} />, place);
  return () => render(null, place);
});
