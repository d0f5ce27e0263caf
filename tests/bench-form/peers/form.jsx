// The form in React; in Preact too, whose build puts its own hooks and JSX in the place of React's.

import { useEffect, useReducer, useRef, useState } from "react";
import { Connection } from "./connection.js";
import { EMPTY, change, changes, isChanged, isRequired, isShown, options, problems, read, shownProblem } from "./draft.js";
import { sections } from "./items.json";
import { TEXTS, attention, notice, status } from "./texts.js";

function Field({ item, value, wrong, required, tell }) {
  const heard = ({ currentTarget }) => tell({ type: "input", name: item.name, value: read(item, currentTarget) });
  const common = {
    id: item.name, "aria-describedby": `${item.name}-help ${item.name}-problem`, "aria-invalid": wrong !== "",
    onBlur: () => tell({ type: "leave", name: item.name }),
  };
  const text = { ...common, autoComplete: "off", autoCapitalize: "off", spellCheck: "false", value, onInput: heard };
  if (item.kind === "choice") {
    return (
      <select {...common} value={value} onChange={heard}>
        {options(item).map((label, index) => <option key={label} value={index}>{label}</option>)}
      </select>
    );
  }
  if (item.kind === "lines") return <textarea {...text} rows="4" />;
  if (item.kind === "checkbox") return <input {...common} type="checkbox" checked={value} onChange={heard} />;
  const mode = item.kind === "number" ? { inputMode: "numeric" } : {};
  const field = { ...text, ...mode, type: item.kind === "password" ? "password" : "text", readOnly: item.readOnly, "aria-required": required };
  return item.check === "timeZone" ? <Zone field={field} /> : <input {...field} />;
}

/** A time zone; all of them are listed once somebody goes to the field. */
function Zone({ field }) {
  const [zones, setZones] = useState([]);
  return (
    <>
      <input {...field} list="time-zones" onFocus={() => setZones(Intl.supportedValuesOf("timeZone"))} />
      <datalist id="time-zones">{zones.map((zone) => <option key={zone} value={zone} />)}</datalist>
    </>
  );
}

function Row({ item, draft, tell }) {
  const wrong = shownProblem(item, draft), required = isRequired(item, draft);
  return (
    <div className="field" data-changed={isChanged(item, draft)}>
      <div className="name">
        <label htmlFor={item.name}>{item.label}</label>
        <span className="mark" aria-hidden="true">{required ? TEXTS.required : ""}</span>
      </div>
      <div className="value">
        <Field item={item} value={draft.values[item.name]} wrong={wrong} required={required} tell={tell} />
        {item.kind === "password" && (
          <div className="secret"><p>{draft.passwords[item.name] ? TEXTS.stored : ""}</p></div>
        )}
        <p className="help" id={`${item.name}-help`}>{item.help}</p>
        <p className="problem" id={`${item.name}-problem`}>{wrong}</p>
      </div>
    </div>
  );
}

function Card({ id, heading, about, children }) {
  return (
    <section className="card" aria-labelledby={id}>
      <div className="heading"><h3 id={id}>{heading}</h3><p>{about}</p></div>
      {children}
    </section>
  );
}

function Section({ section: { id, heading, about, items }, draft, tell }) {
  const shown = items.filter((item) => isShown(item, draft));
  return (
    <Card id={id} heading={heading} about={about}>
      <div className="rows">{shown.map((item) => <Row key={item.name} item={item} draft={draft} tell={tell} />)}</div>
    </Card>
  );
}

function Objects({ directory }) {
  return (
    <Card id="objects" heading={TEXTS.objects} about={TEXTS.aboutObjects}>
      <dl>
        <dt>{TEXTS.calendar}</dt><dd><code>{directory}pbxcalendar-calendar</code></dd>
        <dt>{TEXTS.admin}</dt><dd><code>{directory}pbxcalendar-calendaradmin</code></dd>
      </dl>
    </Card>
  );
}

function Bar({ draft, tell }) {
  const count = changes(draft).length;
  return (
    <footer data-changed={count > 0}>
      <div className="connection"><span role="status">{TEXTS[draft.connection]}</span></div>
      <p className="notice" role="status">{notice(draft, count)}</p>
      <div className="buttons" hidden={!draft.loaded}>
        <button type="button" onClick={() => tell({ type: "discard" })}>{TEXTS.discard}</button>
        <button type="submit" className="main">{TEXTS.save}</button>
      </div>
    </footer>
  );
}

export function Form({ host }) {
  const [draft, tell] = useReducer(change, EMPTY);
  const connection = useRef(null);
  useEffect(() => {
    connection.current = new Connection(host, tell);
    return () => connection.current.close();
  }, [host]);

  async function save(event) {
    event.preventDefault();
    tell({ type: "submit" });
    const wrong = problems(draft).length, changed = changes(draft);
    if (wrong) return tell({ type: "notice", notice: attention(wrong) });
    tell({ type: "notice", notice: TEXTS.saving });
    const items = Object.fromEntries(changed.map(({ name }) => [name, draft.values[name]]));
    const done = await connection.current.save(items, draft.revision);
    tell({ type: "notice", notice: done ? TEXTS.saved : TEXTS.failed });
  }

  return (
    <form className="calendar" lang="en" noValidate autoComplete="off" onSubmit={save}>
      <header><h2>{TEXTS.title}</h2><p className="status" role="status">{status(draft.status)}</p></header>
      {draft.loaded
        ? (
          <div className="sections">
            {sections.map((section) => <Section key={section.id} section={section} draft={draft} tell={tell} />)}
            <Objects directory={host.directory} />
          </div>
        )
        : <div className="sections ghosts" aria-hidden="true"><div className="card" /><div className="card" /></div>}
      <Bar draft={draft} tell={tell} />
    </form>
  );
}
