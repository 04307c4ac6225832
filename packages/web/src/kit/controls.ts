export {
  Alert,
  Button,
  Checkbox,
  Drawer,
  Dropdown,
  Input,
  Modal,
  Progress,
  Radio,
  Segmented,
  Select,
  Skeleton,
} from 'antd';
export type { InputRef } from 'antd';
export type { TextAreaRef } from 'antd/es/input/TextArea';
