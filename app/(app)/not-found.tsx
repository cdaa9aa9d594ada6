export { metadata, default } from "../not-found.tsx";
