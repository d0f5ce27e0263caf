import { createRoot } from "react-dom/client";
import { Form } from "./form.jsx";
import { define } from "./plugin.js";

define((place, host) => {
  const root = createRoot(place);
  root.render(<Form host={host} />);
  return () => root.unmount();
});
